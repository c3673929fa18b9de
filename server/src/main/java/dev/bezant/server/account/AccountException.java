package dev.bezant.server.account;

/** What was asked of accounts, keys or provider accounts cannot be done; the message says why and how to mend it. */
public final class AccountException extends RuntimeException {
    public AccountException(String message) {
        super(message);
    }
}
