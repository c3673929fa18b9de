package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import java.time.Duration;

/** What an account was told to do differently (see {@link Credentials}). */
final class Settings {
    /** How long a payer may stay at the bank. */
    private static final Duration REDIRECT = Duration.ofHours(3);

    private Settings() {}

    /** Zero: at once. */
    static Duration seconds(Account account, String name) {
        var value = account.get(name);
        return value == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(value));
    }

    static Duration redirect(Account account) {
        var value = account.get("redirect_minutes");
        return value == null ? REDIRECT : Duration.ofMinutes(Long.parseLong(value));
    }

    static boolean checksDate(Account account) {
        return !"false".equals(account.get("check_date"));
    }

    /** Whether a card payment that says nothing of 3-D Secure is authenticated. */
    static boolean threeDsByDefault(Account account) {
        return "true".equals(account.get("three_ds_by_default"));
    }
}
