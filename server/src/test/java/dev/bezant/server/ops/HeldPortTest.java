package dev.bezant.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class HeldPortTest {
    private static final String HOST = "127.0.0.1";
    /** Twice as many as there are, nearly. */
    private static final int ASKED = 50_000;

    @Test
    void a_port_that_somebody_listens_on_is_not_held() throws IOException {
        try (var somebody = anyPort()) {
            assertThatThrownBy(() -> HeldPort.of(HOST, somebody.getLocalPort())).isInstanceOf(BindException.class);
        }
    }

    @Test
    void while_it_is_held_nobody_is_given_it_and_clients_are_refused() throws IOException {
        int port = free();
        try (HeldPort _ = HeldPort.of(HOST, port)) {
            for (int i = 0; i < ASKED; i++) {
                try (var other = anyPort()) {
                    assertThat(other.getLocalPort()).isNotEqualTo(port);
                }
            }
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port)).isInstanceOf(ConnectException.class);
        }
        try (var listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(listening.getLocalPort()).isEqualTo(port);
        }
    }

    private static int free() throws IOException {
        try (var socket = anyPort()) {
            return socket.getLocalPort();
        }
    }

    private static ServerSocket anyPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
