package dev.bezant.server.file;

import dev.bezant.server.database.Session;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Expansion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds files: what other features need of them. Thread-safe. */
public final class Files {
    /** A file with what is in it. */
    public record Content(StoredFile file, byte[] bytes) {
        @Override
        public String toString() {
            return "Content[" + file.id() + ", " + bytes.length + " bytes]";
        }
    }

    public Optional<StoredFile> find(Session session, String accountId, boolean livemode, String id) {
        return find(session, accountId, livemode, Set.of(id)).stream().findFirst();
    }

    public Optional<Content> content(Session session, String accountId, boolean livemode, String id) {
        return session.sql("select " + StoredFile.COLUMNS + ", content from file where account_id = :account and livemode = :livemode and id = :id")
                .bind("account", accountId)
                .bind("livemode", livemode)
                .bind("id", id)
                .one(row -> new Content(StoredFile.read(row), row.bytes("content")));
    }

    /** Says how files are expanded: fields of other objects hold the kind {@code file}. */
    public void register(Expansion expansion, Session session) {
        expansion.loader("file", (caller, ids) -> load(session, caller, ids).stream().collect(Collectors.toMap(StoredFile::id, StoredFile::render)));
    }

    private List<StoredFile> load(Session session, Caller caller, Set<String> ids) {
        return find(session, caller.accountId(), caller.livemode(), ids);
    }

    private static List<StoredFile> find(Session session, String accountId, boolean livemode, Collection<String> ids) {
        return session.sql("select " + StoredFile.COLUMNS + " from file where account_id = :account and livemode = :livemode and id = any (:ids)")
                .bind("account", accountId)
                .bind("livemode", livemode)
                .bind("ids", List.copyOf(ids))
                .list(StoredFile::read);
    }
}
