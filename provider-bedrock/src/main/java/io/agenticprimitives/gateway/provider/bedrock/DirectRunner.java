package io.agenticprimitives.gateway.provider.bedrock;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;

/// Waits on the calling thread, whose interruption ends it.
///
/// @param backend its name, for messages
record DirectRunner(String backend) implements SignedExchange.Runner {

  @Override
  public Identity resolve(CredentialSource source) {
    return source.resolve();
  }

  @Override
  public Response execute(Call call) {
    try {
      return call.execute();
    } catch (IOException failure) {
      throw ConnectionFailures.of(backend, failure);
    }
  }
}
