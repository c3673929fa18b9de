package dev.bezant.worldline.acquiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document that is sent. Its bytes are copied, so a call with it can be repeated. */
public final class UploadableFile {
    private final String fileName;
    private final String contentType;
    private final byte[] content;

    private UploadableFile(String fileName, String contentType, byte[] content) {
        this.fileName = fileName;
        this.contentType = contentType;
        this.content = content;
    }

    /**
     * @param fileName as the platform will show it; not blank, without line ends
     * @param contentType such as {@code application/pdf}
     */
    public static UploadableFile of(String fileName, String contentType, byte[] content) {
        if (fileName.isBlank() || fileName.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the file name is blank or holds a control character");
        }
        if (!contentType.matches("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(; ?[A-Za-z0-9=_.\"-]+)*")) {
            throw new IllegalArgumentException("the content type is '" + contentType + "', expected something like application/pdf");
        }
        return new UploadableFile(fileName, contentType, content.clone());
    }

    /** @throws IOException when the file cannot be read */
    public static UploadableFile of(Path file, String contentType) throws IOException {
        return of(String.valueOf(file.getFileName()), contentType, Files.readAllBytes(file));
    }

    public String fileName() {
        return fileName;
    }

    public String contentType() {
        return contentType;
    }

    /** In bytes. */
    public int size() {
        return content.length;
    }

    byte[] content() {
        return content;
    }

    /** Without the content: evidence is full of personal data. */
    @Override
    public String toString() {
        return "UploadableFile[" + fileName + ", " + contentType + ", " + content.length + " bytes]";
    }
}
