package dev.bezant.server.file;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of {@code file}, without its content.
 *
 * @param fileName as its sender named it, without directories, control characters and card numbers
 * @param size in bytes
 */
public record StoredFile(
        String accountId, String id, boolean livemode, Purpose purpose, FileType type, String fileName, int size, Instant createdAt) {
    static final String COLUMNS = "account_id, id, livemode, purpose, type, file_name, size, created_at";

    static StoredFile read(Row row) throws SQLException {
        return new StoredFile(row.text("account_id"), row.text("id"), row.flag("livemode"), Purpose.named(row.text("purpose")),
                FileType.named(row.text("type")), row.text("file_name"), row.whole("size"), row.moment("created_at"));
    }

    /** As the API shows it; the address of its content is put in at the edge, where it is known how this server is reached. */
    ObjectNode render() {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "file");
        shown.put("created", createdAt.getEpochSecond());
        shown.putNull("expires_at");
        shown.put("filename", fileName);
        ObjectNode links = shown.putObject("links");
        links.put("object", "list");
        links.put("url", "/v1/file_links?file=" + id);
        links.put("has_more", false);
        links.set("data", Json.array());
        shown.put("livemode", livemode);
        shown.put("purpose", purpose.wireName());
        shown.put("size", size);
        shown.putNull("title");
        shown.put("type", type.wireName());
        shown.putNull("url");
        return shown;
    }
}
