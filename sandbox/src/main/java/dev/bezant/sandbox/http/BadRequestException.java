package dev.bezant.sandbox.http;

/** The bytes on the connection are not a request that this server accepts; the connection is closed after the answer. */
final class BadRequestException extends Exception {
    private final int status;

    BadRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
