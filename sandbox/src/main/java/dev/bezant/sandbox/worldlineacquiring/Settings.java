package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Account;
import java.time.Duration;

/** What an account was told to do differently (see {@link Credentials}). */
final class Settings {
    /** How long something stays open unless it is completed by hand, where only a magic value asks for it. */
    static final Duration OPEN = Duration.ofHours(1);

    /** What a used id of an operation means. */
    enum Duplicates { REPLAY, REPLAY_ANY, REFUSE }

    private Settings() {}

    static Duration tokenLife(Account account) {
        return seconds(account, "token_seconds", 3600);
    }

    /** How often a token is accepted; 0 for always. */
    static long tokenCalls(Account account) {
        return Long.parseLong(account.credentials().getOrDefault("token_calls", "0"));
    }

    static Duration clearing(Account account) {
        return seconds(account, "clearing_seconds", 3600);
    }

    /** Zero: at once. */
    static Duration authorization(Account account) {
        return seconds(account, "authorization_seconds", 0);
    }

    /** Zero: at once. */
    static Duration refund(Account account) {
        return seconds(account, "refund_seconds", 0);
    }

    static Duplicates duplicates(Account account) {
        return switch (account.credentials().getOrDefault("duplicates", "replay")) {
            case "replay_any" -> Duplicates.REPLAY_ANY;
            case "refuse" -> Duplicates.REFUSE;
            default -> Duplicates.REPLAY;
        };
    }

    /** Whether taking back what is not known succeeds, and blocks it from then on. */
    static boolean approvesUnknownReversals(Account account) {
        return "approved".equals(account.get("unknown_reversal"));
    }

    /** The HTTP status of what is not possible in this state. */
    static int stateStatus(Account account) {
        return Integer.parseInt(account.credentials().getOrDefault("state_status", "400"));
    }

    private static Duration seconds(Account account, String name, long standard) {
        var value = account.get(name);
        return Duration.ofSeconds(value == null ? standard : Long.parseLong(value));
    }
}
