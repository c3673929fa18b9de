package dev.bezant.server.file;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a file is for, and hence what it may be. */
public enum Purpose {
    DISPUTE_EVIDENCE(5 << 20, Set.of(FileType.values())),
    CUSTOMER_SIGNATURE(5 << 20, Set.of(FileType.PNG, FileType.JPG)),
    BUSINESS_ICON(512 << 10, Set.of(FileType.PNG, FileType.JPG)),
    BUSINESS_LOGO(512 << 10, Set.of(FileType.PNG, FileType.JPG)),
    ADDITIONAL_VERIFICATION(16 << 20, Set.of(FileType.values()));

    private final int bytesMax;
    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable; Java has no type that says so.
    private final Set<FileType> types;

    Purpose(int bytesMax, Set<FileType> types) {
        this.bytesMax = bytesMax;
        this.types = types;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(Purpose::wireName).toList();
    }

    static Purpose named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    int bytesMax() {
        return bytesMax;
    }

    boolean takes(FileType type) {
        return types.contains(type);
    }

    /** For people: {@code pdf, png, jpg}. */
    String typesTaken() {
        return Arrays.stream(FileType.values()).filter(types::contains).map(FileType::wireName).reduce((a, b) -> a + ", " + b).orElse("none");
    }
}
