package io.agenticprimitives.gateway.provider.bedrock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;

/// Makes sockets that connect to public addresses only, whoever names the address and however: the
/// last check, at the place where a connection is made.
final class PublicSockets extends SocketFactory {
  private final UnaryOperator<InetSocketAddress> way;

  /// @param way from a checked address to the one that is connected to: the same, except for tests
  PublicSockets(UnaryOperator<InetSocketAddress> way) {
    this.way = way;
  }

  @Override
  public Socket createSocket() throws IOException {
    return new PublicSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = new PublicSocket();
    socket.connect(address);
    return socket;
  }

  private final class PublicSocket extends Socket {

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress address)
          || address.isUnresolved()
          || !PublicAddress.isPublic(address.getAddress())) {
        throw new NotPublicException("The host");
      }
      super.connect(way.apply(address), timeout);
    }
  }
}
