package dev.bezant.sdk.http;

import dev.bezant.sdk.logging.CommunicatorLogger;
import dev.bezant.sdk.logging.FailureLogMessage;
import dev.bezant.sdk.logging.Obfuscator;
import dev.bezant.sdk.logging.RequestLogMessage;
import dev.bezant.sdk.logging.ResponseLogMessage;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The switch for logging: one volatile read per event while it is off. May be switched at any time, also in the middle of a call. */
final class WireLog {
    private final Obfuscator obfuscator;
    private volatile @Nullable CommunicatorLogger logger;

    WireLog(Obfuscator obfuscator) {
        this.obfuscator = obfuscator;
    }

    void enable(CommunicatorLogger target) {
        logger = target;
    }

    void disable() {
        logger = null;
    }

    void request(String requestId, WireRequest request) {
        log(target -> target.log(RequestLogMessage.of(
                obfuscator, requestId, request.method(), request.uri(), request.headers(), Gzip.plain(request))));
    }

    void response(String requestId, Duration elapsed, WireResponse response) {
        log(target -> target.log(ResponseLogMessage.of(
                obfuscator, requestId, elapsed, response.status(), response.headers(), response.body())));
    }

    void failure(String requestId, Duration elapsed, Throwable thrown) {
        log(target -> target.log(new FailureLogMessage(requestId, elapsed, thrown)));
    }

    private void log(Consumer<CommunicatorLogger> event) {
        CommunicatorLogger target = logger;
        if (target == null) {
            return;
        }
        try {
            event.accept(target);
        } catch (RuntimeException e) {
            // A payment does not fail because its log line does.
            tell(target, e);
        }
    }

    private static void tell(CommunicatorLogger target, RuntimeException problem) {
        try {
            target.log("A message could not be logged: " + problem.getClass().getName());
        } catch (RuntimeException ignored) {
            // The logger itself is broken: nobody is left to tell.
        }
    }
}
