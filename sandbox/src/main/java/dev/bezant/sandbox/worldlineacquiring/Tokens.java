package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The access tokens that were issued (section 3). They survive a restart, as digests. Thread-safe. */
final class Tokens {
    /**
     * A token.
     *
     * @param digest of its text
     */
    record Token(String digest, String account, Set<String> scopes, Instant expires, boolean revoked) {
        Token revoke() {
            return new Token(digest, account, scopes, expires, true);
        }
    }

    /** Most tokens remembered; beyond it the oldest are forgotten. */
    private static final int MAX = 100_000;
    private static final String KIND = "worldline-acquiring.token";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final World world;
    private final Map<String, Token> tokens = new LinkedHashMap<>();
    private final Map<String, AtomicLong> calls = new LinkedHashMap<>();

    Tokens(World world) {
        this.world = world;
        world.register(KIND, Token.class, this::apply);
        world.onReset(this::forget);
    }

    /** A new token's text, which is told once. */
    String issue(Account account, Set<String> scopes) {
        var bytes = new byte[48];
        RANDOM.nextBytes(bytes);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var expires = world.clock().instant().plus(Settings.tokenLife(account));
        save(List.of(new Token(digest(text), account.name(), scopes, expires, false)));
        return text;
    }

    /** The token of that text, valid or not; null if there is none. */
    synchronized @Nullable Token find(String text) {
        return tokens.get(digest(text));
    }

    /** Counts a call. False if the token has served as often as it may. */
    synchronized boolean serves(Token token, long callsMax) {
        return callsMax == 0 || calls.computeIfAbsent(token.digest(), _ -> new AtomicLong()).incrementAndGet() <= callsMax;
    }

    /**
     * Ends tokens before their time.
     *
     * @param text null for all of the account
     */
    void revoke(Account account, @Nullable String text) {
        var ended = new ArrayList<Token>();
        synchronized (this) {
            for (var token : tokens.values()) {
                if (!token.revoked() && token.account().equals(account.name()) && (text == null || token.digest().equals(digest(text)))) {
                    ended.add(token.revoke());
                }
            }
        }
        save(ended);
    }

    private void save(List<Token> changed) {
        world.commit(changed.stream().map(token -> new World.Change(KIND, token)).toList(), List.of());
    }

    private synchronized void apply(Token token) {
        tokens.put(token.digest(), token);
        while (tokens.size() > MAX) {
            var oldest = tokens.keySet().iterator().next();
            tokens.remove(oldest);
            calls.remove(oldest);
        }
    }

    private synchronized void forget() {
        tokens.clear();
        calls.clear();
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
