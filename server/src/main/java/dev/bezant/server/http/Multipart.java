package dev.bezant.server.http;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes a {@code multipart/form-data} body apart (RFC 7578). */
final class Multipart {
    private static final int PARTS_MAX = 50;
    private static final int HEAD_BYTES_MAX = 4096;
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))");
    // Possessive: Java would go down the stack for every character of a repeated group that it may have to give back.
    private static final Pattern NAME = Pattern.compile("(?i)(?:^|[;\\s])name=\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)(?:^|[;\\s])filename=\"((?:[^\"\\\\]|\\\\.)*+)\"");

    private Multipart() {}

    /**
     * @param fileName null where the part is a plain value
     * @param contentType of a file, if its sender says so
     */
    record Part(String name, @Nullable String fileName, @Nullable String contentType, byte[] content) {}

    /** @throws ApiException 400 if the body is not what its Content-Type says */
    static List<Part> parts(String contentType, byte[] body) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw malformed("its Content-Type names no boundary");
        }
        String boundary = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        byte[] between = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        var parts = new ArrayList<Part>();
        int at = indexOf(body, delimiter, 0);
        if (at < 0) {
            throw malformed("its boundary is not in the body");
        }
        at += delimiter.length;
        while (!startsWith(body, at, "--")) {
            if (!startsWith(body, at, "\r\n")) {
                throw malformed("a boundary does not end its line");
            }
            if (parts.size() == PARTS_MAX) {
                throw malformed("it has more than " + PARTS_MAX + " parts");
            }
            int end = indexOf(body, between, at);
            if (end < 0) {
                throw malformed("it ends within a part");
            }
            parts.add(part(body, at + 2, end));
            at = end + between.length;
        }
        return parts;
    }

    private static Part part(byte[] body, int from, int to) {
        // A part without any header begins with the empty line.
        int blank = indexOf(body, new byte[] {'\r', '\n', '\r', '\n'}, Math.max(0, from - 2));
        if (blank < 0 || blank > to || blank - from > HEAD_BYTES_MAX) {
            throw malformed("a part has no head, or too large a one");
        }
        String name = null;
        String fileName = null;
        String type = null;
        for (String line : utf8(body, from, Math.max(from, blank)).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            switch (colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(java.util.Locale.ROOT)) {
                case "content-disposition" -> {
                    name = found(NAME, value);
                    fileName = found(FILE_NAME, value);
                }
                case "content-type" -> type = value;
                default -> {
                    // Other headers say nothing that matters here.
                }
            }
        }
        if (name == null || name.isEmpty()) {
            throw malformed("a part has no name");
        }
        return new Part(name, fileName, type, java.util.Arrays.copyOfRange(body, Math.min(blank + 4, to), to));
    }

    private static @Nullable String found(Pattern pattern, String value) {
        Matcher matcher = pattern.matcher(value);
        return matcher.find() ? matcher.group(1).replaceAll("\\\\(.)", "$1") : null;
    }

    private static String utf8(byte[] body, int from, int to) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("a part's head is not UTF-8");
        }
    }

    private static boolean startsWith(byte[] body, int at, String text) {
        return at + text.length() <= body.length
                && new String(body, at, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        outer:
        for (int i = from; i <= body.length - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (body[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    private static ApiException malformed(String why) {
        return new ApiException(ErrorCode.PARAMETER_INVALID, null, "The multipart body cannot be read: " + why + ".");
    }
}
