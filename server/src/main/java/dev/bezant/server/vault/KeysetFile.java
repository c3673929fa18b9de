package dev.bezant.server.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keyset as all nodes share it: one file, wrapped by the master key, replaced as a whole, changed by one process at a time.
 *
 * <p>Before encrypting, a node looks whether the file has changed; before decrypting, only when it meets a key it does not know.
 */
final class KeysetFile {
    private static final byte[] KEYSET_CONTEXT = AssociatedData.of("vault keyset");
    private static final byte[] ROOT_CONTEXT = AssociatedData.of("vault root");
    /** A file lock holds between processes only. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    /** Turns one state of the keys into the next. */
    @FunctionalInterface
    interface Change {
        Keys apply(Keys keys) throws GeneralSecurityException;
    }

    private record Stamp(FileTime modified, long size, @Nullable Object inode) {}

    private record Loaded(Keys keys, Stamp stamp) {}

    private final Path file;
    private final Path lock;
    private final Aead master;
    private volatile Loaded loaded;

    private KeysetFile(Path file, Path lock, Aead master, Loaded loaded) {
        this.file = file;
        this.lock = lock;
        this.master = master;
        this.loaded = loaded;
    }

    /** Opens the keyset of a directory, and makes one if the directory is new. */
    static KeysetFile open(Path directory, MasterKey masterKey) {
        Path file = directory.resolve("keyset");
        Path lock = directory.resolve("lock");
        try {
            PrivateFiles.directory(directory);
            return locked(lock, () -> {
                boolean exists = Files.exists(file);
                Aead master = masterKey.open(exists);
                if (!exists) {
                    save(file, master, Keys.generate());
                }
                return new KeysetFile(file, lock, master, load(file, master));
            });
        } catch (IOException e) {
            throw new VaultException("The vault's directory " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The keys as they are in the file now. */
    Keys current() {
        try {
            if (!stamp(file).equals(loaded.stamp())) {
                reload();
            }
            return loaded.keys();
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /** The keyed hashes, which no change of the keys touches: no need to look at the file. */
    Macs macs() {
        return loaded.keys().macs();
    }

    /**
     * Keys that include the one wanted.
     *
     * @throws VaultException if neither memory nor the file has it
     */
    Keys having(long keyId) {
        if (loaded.keys().has(keyId)) {
            return loaded.keys();
        }
        Keys keys = current();
        if (!keys.has(keyId)) {
            throw new VaultException("Something is encrypted with key " + keyId + ", which the vault's keyset " + file
                    + " has not. Restore the keyset that belongs to this database.", null);
        }
        return keys;
    }

    /** Changes the keyset; durable, and seen by whoever looks, when this returns. */
    Keys change(Change change) {
        try {
            return locked(lock, () -> {
                Keys changed = change.apply(load(file, master).keys());
                save(file, master, changed);
                reload();
                return loaded.keys();
            });
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private synchronized void reload() throws IOException {
        loaded = load(file, master);
    }

    private VaultException gone(IOException e) {
        return new VaultException("The vault's keyset " + file + " cannot be read or written any more: " + e.getMessage(), e);
    }

    private static Loaded load(Path file, Aead master) throws IOException {
        // Stamp first: a file replaced in between is then read again at the next look.
        Stamp stamp = stamp(file);
        try {
            ObjectNode node = Json.readObject(Files.readString(file));
            KeysetHandle handle = TinkProtoKeysetFormat.parseEncryptedKeyset(decoded(node, "keyset"), master, KEYSET_CONTEXT, RegistryConfiguration.get());
            byte[] root = master.decrypt(decoded(node, "root"), ROOT_CONTEXT);
            Map<Long, Instant> retired = new HashMap<>();
            node.path("retired").properties()
                    .forEach(entry -> retired.put(Long.valueOf(entry.getKey()), Instant.parse(entry.getValue().asString())));
            return new Loaded(Keys.of(handle, root, retired), stamp);
        } catch (GeneralSecurityException e) {
            throw new VaultException("The vault's keyset " + file + " does not open with its master key. Restore the two files that belong together.", e);
        } catch (JacksonException | ClassCastException | IllegalArgumentException | DateTimeException e) {
            // Without the cause: a parser's message may quote what it read.
            throw new VaultException("The vault's keyset " + file + " is damaged. Restore it from your backup.", null);
        }
    }

    private static byte[] decoded(ObjectNode node, String member) {
        return Base64.getDecoder().decode(node.path(member).asString(""));
    }

    private static void save(Path file, Aead master, Keys keys) throws IOException, GeneralSecurityException {
        Base64.Encoder base64 = Base64.getEncoder();
        ObjectNode node = Json.object();
        node.put("version", 1);
        node.put("keyset", base64.encodeToString(TinkProtoKeysetFormat.serializeEncryptedKeyset(keys.handle(), master, KEYSET_CONTEXT, RegistryConfiguration.get())));
        node.put("root", base64.encodeToString(master.encrypt(keys.root(), ROOT_CONTEXT)));
        ObjectNode retired = Json.object();
        keys.retired().forEach((id, since) -> retired.put(String.valueOf(id), since.toString()));
        node.set("retired", retired);
        PrivateFiles.replace(file, Json.write(node).getBytes(StandardCharsets.UTF_8));
    }

    private static Stamp stamp(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException, GeneralSecurityException;
    }

    private static <T> T locked(Path lock, Work<T> work) throws IOException {
        IN_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Held until the channel closes.
            channel.lock();
            return work.run();
        } catch (GeneralSecurityException e) {
            throw new VaultException("The vault's keyset could not be changed: " + e.getMessage(), e);
        } finally {
            IN_PROCESS.unlock();
        }
    }
}
