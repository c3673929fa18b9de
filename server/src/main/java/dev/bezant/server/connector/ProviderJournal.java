package dev.bezant.server.connector;

import java.time.Duration;

/** Hears of every call to a provider, masked by what makes it. Must not throw, and not take long: a payment waits. */
public interface ProviderJournal {
    ProviderJournal NONE = account -> Line.NONE;

    /** Of the calls for one provider account. */
    Line of(ProviderAccount account);

    /** What goes to and fro for one provider account. */
    interface Line {
        Line NONE = new Line() {
            @Override
            public void sent(String call, String method, String url, String body) {}

            @Override
            public void answered(String call, Duration took, int status, String body) {}

            @Override
            public void failed(String call, Duration took, String reason) {}
        };

        /**
         * A request that is about to be sent.
         *
         * @param call the same in what is told of one call
         * @param url path and query
         */
        void sent(String call, String method, String url, String body);

        void answered(String call, Duration took, int status, String body);

        /** There is no answer. What was sent may have arrived. */
        void failed(String call, Duration took, String reason);
    }
}
