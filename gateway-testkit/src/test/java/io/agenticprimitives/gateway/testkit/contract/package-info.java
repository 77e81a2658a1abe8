/// The contracts themselves are tested.
package io.agenticprimitives.gateway.testkit.contract;
