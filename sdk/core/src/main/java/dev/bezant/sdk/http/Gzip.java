package dev.bezant.sdk.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bodies with {@code Content-Encoding: gzip}. */
final class Gzip {
    private Gzip() {}

    static byte[] compress(byte[] plain) {
        var out = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return out.toByteArray();
    }

    /** For the log: what we compressed ourselves, readable again. */
    static byte @Nullable [] plain(WireRequest request) {
        boolean compressed = request.headers().first("Content-Encoding").filter("gzip"::equals).isPresent();
        if (request.body() == null || !compressed) {
            return request.body();
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            return request.body();
        }
    }
}
