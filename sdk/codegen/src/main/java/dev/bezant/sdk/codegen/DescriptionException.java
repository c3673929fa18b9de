package dev.bezant.sdk.codegen;

import java.util.List;

/** A description that cannot be used. All mistakes are listed, not only the first. */
public final class DescriptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DescriptionException(String file, List<String> problems) {
        super(file + ": " + String.join("\n" + file + ": ", problems));
    }
}
