/// What every plugin must keep, as tests: extend a contract, say where the plugin is, and run it
/// with JUnit. What fails says what is wrong, why it matters and what to do.
///
/// - [LlmBackendContract][io.agenticprimitives.gateway.testkit.contract.LlmBackendContract]: what a
///   backend does with calls, whatever its upstream does
/// - [PackagingContract][io.agenticprimitives.gateway.testkit.contract.PackagingContract]: the jars
///   as they are dropped into `plugins/`
/// - [ConfigContract][io.agenticprimitives.gateway.testkit.contract.ConfigContract]: what operators
///   write and read
/// - [UnloadContract][io.agenticprimitives.gateway.testkit.contract.UnloadContract]: nothing stays
///   behind
@NullMarked
package io.agenticprimitives.gateway.testkit.contract;

import org.jspecify.annotations.NullMarked;
