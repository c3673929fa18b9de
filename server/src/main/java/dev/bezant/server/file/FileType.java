package dev.bezant.server.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file is, by its own first bytes: its name and what its sender says of it are not believed. */
public enum FileType {
    PDF("application/pdf") {
        @Override
        boolean begins(byte[] content) {
            return has(content, 0, "%PDF-".getBytes(StandardCharsets.US_ASCII));
        }
    },
    PNG("image/png") {
        @Override
        boolean begins(byte[] content) {
            return has(content, 0, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                    && has(content, 12, "IHDR".getBytes(StandardCharsets.US_ASCII));
        }
    },
    JPG("image/jpeg") {
        @Override
        boolean begins(byte[] content) {
            return has(content, 0, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff});
        }
    };

    private final String contentType;

    FileType(String contentType) {
        this.contentType = contentType;
    }

    abstract boolean begins(byte[] content);

    static Optional<FileType> of(byte[] content) {
        return Arrays.stream(values()).filter(type -> type.begins(content)).findFirst();
    }

    static FileType named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** Safe to hand to a browser. */
    public String contentType() {
        return contentType;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean has(byte[] content, int at, byte[] wanted) {
        return content.length >= at + wanted.length && Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
