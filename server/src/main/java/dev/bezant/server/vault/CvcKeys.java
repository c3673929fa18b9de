package dev.bezant.server.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.bezant.server.kernel.Ids;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The short-lived keys of stored CVCs: one file each, outside the database, so that destroying the file makes every copy of a
 * row useless, in dead tuples, the write-ahead log and backups alike.
 *
 * <p>A key encrypts for 10 minutes, what it encrypted is usable for 30, and it is destroyed 40 minutes after it was made. Its
 * name carries that moment, so that a restart, or another node, judges it alike.
 */
final class CvcKeys {
    static final Duration ENCRYPTS_FOR = Duration.ofMinutes(10);
    static final Duration USABLE_FOR = Duration.ofMinutes(30);
    private static final Duration LIVES_FOR = ENCRYPTS_FOR.plus(USABLE_FOR);
    /** The name becomes a path, so nothing else is let through. */
    private static final Pattern NAME = Pattern.compile("([0-9]{1,12})-[0-9A-Za-z]{16}");

    private static final int KEY_BYTES = 32;

    record Key(String id, Instant made, Aead aead) {}

    private final Path directory;
    private final Clock clock;
    private final Ids ids;
    private final ConcurrentHashMap<String, Key> opened = new ConcurrentHashMap<>();
    private @Nullable Key current;

    CvcKeys(Path directory, Clock clock, Ids ids) {
        this.directory = directory;
        this.clock = clock;
        this.ids = ids;
        try {
            PrivateFiles.directory(directory);
        } catch (IOException e) {
            throw new VaultException("The directory of CVC keys " + directory + " cannot be used: " + e.getMessage(), e);
        }
        destroyOverdue();
    }

    /** The key that encrypts now; a fresh one when the last is 10 minutes old. */
    synchronized Key encrypting() {
        Instant now = clock.instant();
        Key key = current;
        if (key == null || now.isBefore(key.made()) || !now.isBefore(key.made().plus(ENCRYPTS_FOR))) {
            destroyOverdue();
            key = make(now);
            current = key;
        }
        return key;
    }

    /** A key by its id; empty if it has been destroyed or is overdue. */
    Optional<Key> find(String id) {
        Instant made = made(id);
        if (made == null || overdue(made)) {
            return Optional.empty();
        }
        Key known = opened.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            Key read = new Key(id, made, new AesGcmJce(Files.readAllBytes(directory.resolve(id))));
            opened.put(id, read);
            return Optional.of(read);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            throw new VaultException("The CVC key " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Overwrites and removes every key past its time, whichever node made it.
     *
     * @return how many files were destroyed
     */
    synchronized int destroyOverdue() {
        opened.values().removeIf(key -> overdue(key.made()));
        if (current != null && overdue(current.made())) {
            current = null;
        }
        int destroyed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Instant made = made(file.getFileName().toString());
                // What has no proper name is half of a key that a crash left behind.
                Instant since = made != null ? made : Files.getLastModifiedTime(file).toInstant();
                if (overdue(since)) {
                    PrivateFiles.destroy(file);
                    destroyed++;
                }
            }
        } catch (NoSuchFileException e) {
            // Another node destroyed it between listing and looking.
            return destroyed;
        } catch (IOException e) {
            throw new VaultException("Overdue CVC keys in " + directory + " cannot be destroyed: " + e.getMessage(), e);
        }
        return destroyed;
    }

    private Key make(Instant now) {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        String id = now.getEpochSecond() + "-" + ids.secret(16);
        try {
            PrivateFiles.replace(directory.resolve(id), bytes);
            Key key = new Key(id, Instant.ofEpochSecond(now.getEpochSecond()), new AesGcmJce(bytes));
            opened.put(id, key);
            return key;
        } catch (IOException | GeneralSecurityException e) {
            throw new VaultException("A CVC key cannot be written to " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Also what claims to come from the future: a clock that was set back must not lengthen a key's life. */
    private boolean overdue(Instant made) {
        Instant now = clock.instant();
        return !now.isBefore(made.plus(LIVES_FOR)) || now.plus(ENCRYPTS_FOR).isBefore(made);
    }

    private static @Nullable Instant made(String id) {
        var matcher = NAME.matcher(id);
        return matcher.matches() ? Instant.ofEpochSecond(Long.parseLong(matcher.group(1))) : null;
    }
}
