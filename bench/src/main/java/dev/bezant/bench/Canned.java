package dev.bezant.bench;

import dev.bezant.sdk.http.Connection;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import org.jspecify.annotations.Nullable;

/** Always the same answer, without sending anything. */
final class Canned implements Connection {
    private final WireResponse answer;
    volatile @Nullable WireRequest last;

    Canned(WireResponse answer) {
        this.answer = answer;
    }

    @Override
    public WireResponse send(WireRequest request) {
        last = request;
        return answer;
    }

    @Override
    public void close() {}
}
