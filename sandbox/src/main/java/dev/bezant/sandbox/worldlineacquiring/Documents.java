package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes and gives documents: a body of {@code multipart/form-data} with one part named {@code file} (section 1, RFC 7578). */
final class Documents {
    /** What was uploaded. */
    record Document(String id, Merchant merchant, String fileName, String mimeType, String base64) {
        HttpResponse response() {
            var quoted = fileName.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[^\\x20-\\x7e]", "_");
            return new HttpResponse(200, Map.of("Content-Type", mimeType, "Content-Disposition", "attachment; filename=\"" + quoted + "\""),
                    Base64.getDecoder().decode(base64));
        }
    }

    private static final Pattern BOUNDARY = Pattern.compile("(?i)multipart/form-data\\s*;.*boundary=\"?([^\";]{1,70})\"?.*");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:\\s*form-data;.*\\bname=\"([^\"]*)\".*");
    private static final Pattern FILE_NAME = Pattern.compile("(?i).*\\bfilename=\"((?:[^\"\\\\]|\\\\.)*)\".*");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type:\\s*(\\S.*?)\\s*");

    private Documents() {}

    /**
     * The document of an upload.
     *
     * @throws ProblemException 400
     */
    static Document read(Merchant merchant, HttpRequest request) {
        Matcher boundary = BOUNDARY.matcher(String.valueOf(request.header("content-type")));
        if (!boundary.matches()) {
            throw ProblemException.invalid("The body must be multipart/form-data with a boundary");
        }
        // One character per byte, so that positions in the text are positions in the body.
        var body = new String(request.body(), StandardCharsets.ISO_8859_1);
        var delimiter = "--" + boundary.group(1);
        int start = body.startsWith(delimiter) ? 0 : body.indexOf("\r\n" + delimiter);
        while (start >= 0) {
            int head = body.indexOf("\r\n", start + delimiter.length());
            int content = head < 0 ? -1 : body.indexOf("\r\n\r\n", head);
            int end = content < 0 ? -1 : body.indexOf("\r\n" + delimiter, content + 2);
            if (end < 0) {
                break;
            }
            var document = document(merchant, body.substring(head, content), body, content + 4, end);
            if (document != null) {
                return document;
            }
            start = end;
        }
        throw ProblemException.invalid("The body must have a part named file, with a filename");
    }

    private static @Nullable Document document(Merchant merchant, String head, String body, int from, int to) {
        String name = null;
        String fileName = null;
        var type = "application/octet-stream";
        for (var line : head.split("\r\n")) {
            var text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            var named = NAME.matcher(text);
            if (named.matches()) {
                name = named.group(1);
                var file = FILE_NAME.matcher(text);
                fileName = file.matches() ? file.group(1).replaceAll("\\\\(.)", "$1") : null;
            }
            var typed = TYPE.matcher(text);
            type = typed.matches() ? typed.group(1) : type;
        }
        if (!"file".equals(name) || fileName == null || fileName.isBlank()) {
            return null;
        }
        var content = body.substring(Math.min(from, to), to).getBytes(StandardCharsets.ISO_8859_1);
        return new Document(UUID.randomUUID().toString(), merchant, fileName, type, Base64.getEncoder().encodeToString(content));
    }
}
