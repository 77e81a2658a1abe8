package io.agenticprimitives.gateway.provider.bedrock;

/// A content block whose end has not come yet, with what must be kept of it until then.
interface OpenBlock {

  /// The block is complete, or as complete as it will be.
  void end();
}
