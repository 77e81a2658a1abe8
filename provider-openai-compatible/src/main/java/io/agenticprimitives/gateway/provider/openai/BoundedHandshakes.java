package io.agenticprimitives.gateway.provider.openai;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/// Makes TLS sockets whose handshake fails when the upstream is silent for longer than connecting
/// may take. The client sets the time-out of the socket anew for each request, so that it does not
/// hold for answers.
final class BoundedHandshakes extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final int limitMillis;

  BoundedHandshakes(SSLSocketFactory sockets, Duration limit) {
    this.sockets = sockets;
    this.limitMillis = Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE);
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    return bounded(sockets.createSocket(plain, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return bounded(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return bounded(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return bounded(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return bounded(sockets.createSocket(host, port, local, localPort));
  }

  private Socket bounded(Socket socket) throws IOException {
    socket.setSoTimeout(limitMillis);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }
}
