package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;

/** The scripts that shops and pages load, from the class path. */
final class Scripts {
    static final String TOKENIZER = read("tokenizer.js");
    static final String TOKENIZATION_FRAME = read("tokenization-frame.js");
    static final String HOSTED_FIELDS = read("hosted-fields.js");

    private Scripts() {}

    /** For other origins too, so that a page may demand its integrity. */
    static HttpResponse answer(String script) {
        return new HttpResponse(200, Map.of("Content-Type", "text/javascript; charset=utf-8", "Cache-Control", "no-store",
                "Access-Control-Allow-Origin", "*", "X-Content-Type-Options", "nosniff"), script.getBytes(StandardCharsets.UTF_8));
    }

    /** The value of an {@code integrity} attribute. */
    static String integrity(String script) {
        try {
            var digest = MessageDigest.getInstance("SHA-384").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha384-" + Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-384", e);
        }
    }

    private static String read(String name) {
        try (var in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
