package dev.bezant.sdk.http;

import dev.bezant.sdk.Headers;

/**
 * What came back, completely read.
 *
 * @param body empty when there was none
 */
@SuppressWarnings("ArrayRecordComponent") // An internal carrier, never compared.
public record WireResponse(int status, Headers headers, byte[] body) {
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
        return "WireResponse[" + status + ", " + body.length + " bytes]";
    }
}
