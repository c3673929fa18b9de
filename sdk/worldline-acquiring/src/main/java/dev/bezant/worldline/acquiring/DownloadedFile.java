package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.http.WireResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document that was received. */
public final class DownloadedFile {
    private static final Pattern FILE_NAME = Pattern.compile("(?i)(?:^|;)\\s*filename=(\"[^\"]*\"|'[^']*'|[^;]*)");

    private final Optional<String> fileName;
    private final Optional<String> contentType;
    private final byte[] content;

    private DownloadedFile(Optional<String> fileName, Optional<String> contentType, byte[] content) {
        this.fileName = fileName;
        this.contentType = contentType;
        this.content = content;
    }

    static DownloadedFile of(WireResponse response) {
        return new DownloadedFile(response.headers().first("Content-Disposition").flatMap(DownloadedFile::fileName),
                response.headers().first("Content-Type"), response.body());
    }

    /** As the platform named it; never use it as a path: whoever uploaded the document chose it. */
    public Optional<String> fileName() {
        return fileName;
    }

    /** Such as {@code application/pdf}. */
    public Optional<String> contentType() {
        return contentType;
    }

    public byte[] content() {
        return content.clone();
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "DownloadedFile[" + fileName.orElse("") + ", " + content.length + " bytes]";
    }

    /** As the vendor's libraries read it; quotes that do not match stay. */
    static Optional<String> fileName(String contentDisposition) {
        Matcher matcher = FILE_NAME.matcher(contentDisposition);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String name = matcher.group(1).trim();
        return Optional.of(isQuotedBy("\"", name) || isQuotedBy("'", name) ? name.substring(1, name.length() - 1) : name);
    }

    private static boolean isQuotedBy(String quote, String name) {
        return name.length() > 1 && name.startsWith(quote) && name.endsWith(quote);
    }
}
