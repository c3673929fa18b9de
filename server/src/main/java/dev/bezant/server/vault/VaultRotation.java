package dev.bezant.server.vault;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Changes the key that card numbers and secret texts are encrypted with, while payments go on.
 *
 * <p>The new key is in the keyset file before anything uses it, and nodes that do not know it yet read the file again when they
 * meet it. What is left to do is told by the rows themselves, so a crash anywhere is mended by running it again. A former key
 * leaves the keyset when no row uses it, and not before an hour has passed: a node encrypts with the keys it saw in the file a
 * moment before, and no transaction lives that long.
 *
 * <p>A database backup older than a rotation needs the keyset of its time: keep copies of both.
 */
public final class VaultRotation {
    private static final int BATCH = 500;
    private static final int SWEEPS_MAX = 100;
    private static final Duration KEPT_FOR = Duration.ofHours(1);
    /** Before every account. */
    private static final Place START = new Place("", "");

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (done, total) -> {};

        /** @param total as counted at the beginning; new rows may come on top */
        void at(long done, long total);
    }

    /**
     * How a rotation ended.
     *
     * @param keyId the key that everything readable is now encrypted with
     * @param resumed whether an earlier rotation was finished instead of a new one begun
     * @param reencrypted rows re-encrypted
     * @param unreadable rows left as they are since no key of the keyset opens them
     * @param removed former keys that left the keyset
     * @param waiting former keys still in it, because they are used or younger than an hour
     */
    public record Result(long keyId, boolean resumed, long reencrypted, long unreadable, List<Long> removed, List<Long> waiting) {}

    private record Place(String accountId, String id) {}

    private record CardRow(String accountId, String id, boolean livemode, byte[] pan) {}

    private record TextRow(String accountId, String id, byte[] content) {}

    private record Batch(Place end, int rows, int unreadable) {}

    private final Database database;
    private final Vault vault;
    private final Clock clock;
    private final Checkpoint checkpoint;

    public VaultRotation(Database database, Vault vault, Clock clock, Checkpoint checkpoint) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
        this.checkpoint = checkpoint;
    }

    /** Adds a new primary key and re-encrypts everything; if an earlier rotation is unfinished, finishes that one instead. */
    public Result rotate(Progress progress) {
        if (remaining() > 0) {
            return work(true, progress);
        }
        vault.keyset().change(keys -> keys.withNewPrimary(clock.instant()));
        checkpoint.reached("vault.rotation.key_added");
        return work(false, progress);
    }

    /** Finishes an interrupted rotation and removes keys that have served; does nothing else. For a job, hourly. */
    public Result resume(Progress progress) {
        return work(true, progress);
    }

    /** Rows that are not encrypted with the primary key. */
    public long remaining() {
        Keys keys = vault.keyset().current();
        long remaining = count("select count(*) as n from vault_card where key_id <> :key", "key", keys.primary());
        for (SealedText kind : SealedText.values()) {
            remaining += count("select count(*) as n from %s where substring(%s from 1 for 5) <> :prefix".formatted(kind.table(), kind.column()),
                    "prefix", Keys.prefix(keys.primary()));
        }
        return remaining;
    }

    private Result work(boolean resumed, Progress progress) {
        Keys keys = vault.keyset().current();
        long total = remaining();
        progress.at(0, total);
        long done = 0;
        long unreadable = 0;
        // Another sweep finds what a node with the former key inserted behind this one.
        for (int sweep = 0; sweep < SWEEPS_MAX && remaining() > unreadable; sweep++) {
            unreadable = 0;
            for (Table table : tables()) {
                Place place = START;
                Batch batch;
                do {
                    Place from = place;
                    batch = database.transaction(tx -> table.reencrypt(tx, keys, from));
                    place = batch.end();
                    done += batch.rows();
                    unreadable += batch.unreadable();
                    checkpoint.reached("vault.rotation.batch");
                    progress.at(done, Math.max(done, total));
                } while (batch.rows() + batch.unreadable() > 0);
            }
        }
        List<Long> removed = removeServed();
        return new Result(keys.primary(), resumed, done, unreadable, removed, vault.keyset().current().others());
    }

    private List<Table> tables() {
        var tables = new ArrayList<Table>(List.of(this::cards));
        for (SealedText kind : SealedText.values()) {
            tables.add((tx, keys, from) -> texts(kind, tx, keys, from));
        }
        return tables;
    }

    @FunctionalInterface
    private interface Table {
        Batch reencrypt(Session tx, Keys keys, Place from);
    }

    /** Sweeps in the order of the primary key, which is also the order of locking: two rotations share the work. */
    private Batch cards(Session tx, Keys keys, Place from) {
        List<CardRow> rows = tx.sql("""
                select account_id, id, livemode, pan
                  from vault_card
                 where (account_id, id) > (:account, :id) and key_id <> :key
                 order by account_id, id
                 limit :batch
                   for update
                """)
                .bind("account", from.accountId())
                .bind("id", from.id())
                .bind("key", keys.primary())
                .bind("batch", BATCH)
                .list(row -> new CardRow(row.text("account_id"), row.text("id"), row.flag("livemode"), row.bytes("pan")));
        var changes = new Changes();
        for (CardRow row : rows) {
            try {
                Secret pan = vault.open(row.accountId(), row.livemode(), row.id(), row.pan());
                changes.add(row.accountId(), row.id(), vault.encryptCard(keys, row.accountId(), row.livemode(), row.id(), pan));
            } catch (VaultException e) {
                changes.unreadable++;
            }
        }
        changes.run(tx.sql("""
                update vault_card c
                   set pan = decode(n.content, 'hex'), key_id = :key
                  from unnest(:accounts::text[], :ids::text[], :contents::text[]) as n(account_id, id, content)
                 where c.account_id = n.account_id and c.id = n.id
                """).bind("key", keys.primary()));
        return rows.isEmpty() ? new Batch(from, 0, 0) : changes.batch(new Place(rows.getLast().accountId(), rows.getLast().id()));
    }

    /** These have no key id column: Tink writes the id of the key into the first five bytes of every ciphertext. */
    private Batch texts(SealedText kind, Session tx, Keys keys, Place from) {
        List<TextRow> rows = tx.sql("""
                select account_id, id, %2$s as content
                  from %1$s
                 where (account_id, id) > (:account, :id) and substring(%2$s from 1 for 5) <> :prefix
                 order by account_id, id
                 limit :batch
                   for update
                """.formatted(kind.table(), kind.column()))
                .bind("account", from.accountId())
                .bind("id", from.id())
                .bind("prefix", Keys.prefix(keys.primary()))
                .bind("batch", BATCH)
                .list(row -> new TextRow(row.text("account_id"), row.text("id"), row.bytes("content")));
        var changes = new Changes();
        for (TextRow row : rows) {
            try {
                Secret text = vault.decryptText(kind, row.accountId(), row.id(), row.content());
                changes.add(row.accountId(), row.id(), vault.encryptText(kind, row.accountId(), row.id(), text.reveal()));
            } catch (VaultException e) {
                changes.unreadable++;
            }
        }
        changes.run(tx.sql("""
                update %1$s t
                   set %2$s = decode(n.content, 'hex')
                  from unnest(:accounts::text[], :ids::text[], :contents::text[]) as n(account_id, id, content)
                 where t.account_id = n.account_id and t.id = n.id
                """.formatted(kind.table(), kind.column())));
        return rows.isEmpty() ? new Batch(from, 0, 0) : changes.batch(new Place(rows.getLast().accountId(), rows.getLast().id()));
    }

    private List<Long> removeServed() {
        Instant before = clock.instant().minus(KEPT_FOR);
        var removed = new ArrayList<Long>();
        for (long keyId : vault.keyset().current().others()) {
            Instant since = vault.keyset().current().retired().getOrDefault(keyId, clock.instant());
            if (!since.isAfter(before) && !used(keyId)) {
                vault.keyset().change(keys -> keys.without(keyId));
                removed.add(keyId);
            }
        }
        return removed;
    }

    private boolean used(long keyId) {
        return count("select count(*) as n from vault_card where key_id = :key", "key", keyId) > 0
                || Arrays.stream(SealedText.values()).anyMatch(kind ->
                        count("select count(*) as n from %s where substring(%s from 1 for 5) = :prefix".formatted(kind.table(), kind.column()),
                                "prefix", Keys.prefix(keyId)) > 0);
    }

    private long count(String sql, String name, Object value) {
        return database.sql(sql).bind(name, value).one(row -> row.number("n")).orElse(0L);
    }

    /** New contents of one batch, as three arrays. */
    private static final class Changes {
        private final List<String> accounts = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final List<String> contents = new ArrayList<>();
        private int unreadable;

        void add(String account, String id, byte[] content) {
            accounts.add(account);
            ids.add(id);
            contents.add(HexFormat.of().formatHex(content));
        }

        void run(dev.bezant.server.database.Statement update) {
            if (!ids.isEmpty()) {
                update.bind("accounts", accounts).bind("ids", ids).bind("contents", contents).update();
            }
        }

        Batch batch(Place end) {
            return new Batch(end, ids.size(), unreadable);
        }
    }
}
