package dev.bezant.sdk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.logging.CommunicatorLogger;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client of a provider that answers on two hosts. */
class ClientTest {
    private static final ApiRequest REQUEST = ApiRequest.get("/x", CallContext.none());

    private static final class TwoHosts extends Client {
        private final Communicator second;

        TwoHosts(URI first, URI second) {
            this(Communicator.builder(first).build(), Communicator.builder(second).build());
        }

        private TwoHosts(Communicator first, Communicator second) {
            super(first, List.of(second), true);
            this.second = second;
        }

        int first() {
            return call(REQUEST, (request, response) -> response.status());
        }

        int second() {
            return call(second, REQUEST, (request, response) -> response.status());
        }
    }

    private static final class Remembering implements CommunicatorLogger {
        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void log(String message) {
            messages.add(message);
        }

        @Override
        public void log(String message, Throwable thrown) {
            messages.add(message);
        }
    }

    private RawServer one;
    private RawServer other;
    private TwoHosts client;

    @BeforeEach
    void start() throws IOException {
        one = new RawServer();
        other = new RawServer().always(RawServer.answer(201, "", "{}"));
        client = new TwoHosts(one.uri(), other.uri());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        one.close();
        other.close();
    }

    @Test
    void each_host_is_reached_and_logging_is_switched_for_both() {
        var log = new Remembering();
        client.enableLogging(log);
        assertThat(client.first()).isEqualTo(200);
        assertThat(client.second()).isEqualTo(201);
        assertThat(log.messages).hasSize(4);
        client.disableLogging();
        assertThat(client.second()).isEqualTo(201);
        assertThat(log.messages).hasSize(4);
    }

    @Test
    void closing_closes_the_way_to_both() {
        client.close();
        assertThatThrownBy(client::first).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(client::second).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> client.second.call(REQUEST, (request, response) -> 0)).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void what_was_held_back_on_this_side_is_not_tried_again_at_once() {
        var asked = new AtomicInteger();
        var limited = new Connection() {
            @Override
            public WireResponse send(WireRequest request) {
                asked.incrementAndGet();
                throw new CommunicationException(Sent.NO, Reason.RATE_LIMITED_HERE, request.method(), "too many", null);
            }

            @Override
            public void close() {}
        };
        try (var communicator = Communicator.builder(one.uri()).connection(limited).build()) {
            assertThatThrownBy(() -> communicator.call(REQUEST, (request, response) -> 0)).isInstanceOf(CommunicationException.class);
        }
        assertThat(asked).hasValue(1);
    }
}
