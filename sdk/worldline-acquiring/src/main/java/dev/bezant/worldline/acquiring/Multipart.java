package dev.bezant.worldline.acquiring;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A body of {@code multipart/form-data} with one file (RFC 7578).
 *
 * @see "docs/protocols/worldline-acquiring.md, section 1"
 */
final class Multipart {
    private final String boundary = UUID.randomUUID().toString();
    private final byte[] bytes;

    /** @param name of the form's part */
    Multipart(String name, UploadableFile file) {
        var out = new ByteArrayOutputStream(file.size() + 512);
        out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + quoted(file.fileName())
                + "\"\r\nContent-Type: " + file.contentType() + "\r\nContent-Transfer-Encoding: binary\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(file.content());
        out.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        bytes = out.toByteArray();
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] bytes() {
        return bytes;
    }

    private static String quoted(String fileName) {
        return fileName.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
