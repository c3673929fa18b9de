package dev.bezant.sdk.http;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.error.Sent;
import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Stands in the execution chain between "a connection is there" and "the request is written". It checks the send deadline there, and remembers
 * that the request passed: until then, nothing can have reached the provider; from then on, everything may have.
 */
final class SendGuard {
    static final String ATTRIBUTE = "dev.bezant.sdk.send-guard";

    /** The deadline had passed before the first byte. */
    static final class DeadlinePassedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final CallContext context;
    private volatile boolean passed;

    SendGuard(CallContext context) {
        this.context = context;
    }

    /** For the chain: finds the guard of the call in its context. */
    static ExecChainHandler handler() {
        return new ExecChainHandler() {
            @Override
            public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
                    throws IOException, HttpException {
                if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof SendGuard guard) {
                    guard.pass();
                }
                return chain.proceed(request, scope);
            }
        };
    }

    void pass() throws DeadlinePassedException {
        var deadline = context.sendDeadline();
        if (deadline.isPresent() && deadline.get().hasPassed()) {
            throw new DeadlinePassedException();
        }
        passed = true;
    }

    Sent sent() {
        return passed ? Sent.MAYBE : Sent.NO;
    }
}
