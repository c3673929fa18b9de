package dev.bezant.server.file;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.Page;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Params.Upload;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Ids;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/files}.
 *
 * @see "docs/protocols/payments-api.md, section 2.4, files"
 */
public final class FileRoutes {
    private static final int NAME_MAX = 200;

    private final Database database;
    private final Files files;
    private final Ids ids;
    private final Clock clock;

    public FileRoutes(Database database, Files files, Ids ids, Clock clock) {
        this.database = database;
        this.files = files;
        this.ids = ids;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/files", this::create).takesFiles(),
                Route.get("/v1/files", this::list),
                Route.get("/v1/files/{id}", this::retrieve),
                Route.download("/v1/files/{id}/contents", this::download));
    }

    /** @param publicUrl where clients reach this server; no trailing slash */
    public static void finish(Shapes shapes, String publicUrl) {
        shapes.finish("file", file -> file.put("url", publicUrl + "/v1/files/" + file.path("id").asString("") + "/contents"));
    }

    private ObjectNode create(ApiRequest request, Session tx) {
        Params params = request.params();
        String purposeName = params.choice("purpose", Purpose.wireNames());
        Upload upload = params.file("file");
        params.ignore("expand");
        params.done();
        if (purposeName == null) {
            throw ApiException.missing("purpose");
        }
        if (upload == null) {
            throw ApiException.missing("file");
        }
        Purpose purpose = Purpose.named(purposeName);
        byte[] content = upload.content();
        FileType type = checked(purpose, content);
        var file = new StoredFile(request.caller().accountId(), ids.next("file"), request.caller().livemode(), purpose, type,
                name(upload.fileName(), type), content.length, clock.instant().truncatedTo(ChronoUnit.MICROS));
        tx.sql("""
                insert into file (account_id, id, livemode, purpose, type, file_name, size, content, created_at)
                values (:account, :id, :livemode, :purpose, :type, :name, :size, :content, :created)
                """)
                .bind("account", file.accountId())
                .bind("id", file.id())
                .bind("livemode", file.livemode())
                .bind("purpose", purposeName)
                .bind("type", type.wireName())
                .bind("name", file.fileName())
                .bind("size", file.size())
                .bind("content", content)
                .bind("created", file.createdAt())
                .update();
        return file.render();
    }

    private static FileType checked(Purpose purpose, byte[] content) {
        if (content.length == 0) {
            throw ApiException.invalid("file", "Invalid file: it is empty.");
        }
        if (content.length > purpose.bytesMax()) {
            throw ApiException.invalid("file", "Invalid file: it has " + content.length + " bytes; a file for " + purpose.wireName() + " has at most "
                    + purpose.bytesMax() + ".");
        }
        return FileType.of(content).filter(purpose::takes).orElseThrow(() -> ApiException.invalid("file",
                "Invalid file: by its content it is none of the types that " + purpose.wireName() + " takes: " + purpose.typesTaken() + "."));
    }

    /** People's file names carry paths, line ends and sometimes card numbers. */
    static String name(String given, FileType type) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("\\p{Cntrl}", "").strip();
        String safe = CardNumbers.surelyIn(plain) ? CardNumbers.masked(plain) : plain;
        String cut = safe.codePointCount(0, safe.length()) <= NAME_MAX ? safe : safe.substring(0, safe.offsetByCodePoints(0, NAME_MAX));
        return cut.isEmpty() ? "file." + type.wireName() : cut;
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.params().ignore("expand");
        request.params().done();
        String id = request.pathParam("id");
        return files.find(database, request.caller().accountId(), request.caller().livemode(), id)
                .orElseThrow(() -> ApiException.noSuch("file", id, "id")).render();
    }

    private Route.Download download(ApiRequest request) {
        request.params().done();
        String id = request.pathParam("id");
        return files.content(database, request.caller().accountId(), request.caller().livemode(), id)
                .map(found -> new Route.Download(found.file().type().contentType(), found.file().fileName(), found.bytes()))
                .orElseThrow(() -> ApiException.noSuch("file", id, "id"));
    }

    private ObjectNode list(ApiRequest request) {
        Params params = request.params();
        Page page = Page.of(params);
        String purpose = params.choice("purpose", Purpose.wireNames());
        CreatedFilter created = CreatedFilter.of(params);
        params.ignore("expand");
        params.done();
        String account = request.caller().accountId();
        boolean livemode = request.caller().livemode();
        if (page.cursor() != null && files.find(database, account, livemode, page.cursor()).isEmpty()) {
            throw ApiException.noSuch("file", page.cursor(), page.cursorParam());
        }
        List<StoredFile> rows = database.sql("select " + StoredFile.COLUMNS + """
                          from file
                         where account_id = :account and livemode = :livemode and (:purpose::text is null or purpose = :purpose)
                        """ + Page.mode(request.caller()) + created.sql("created_at") + page.sql("id"))
                .bind("account", account)
                .bind("livemode", livemode)
                .bind("purpose", purpose)
                .bind(created.values())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(StoredFile::read);
        return page.respond("/v1/files", rows, StoredFile::render);
    }
}
