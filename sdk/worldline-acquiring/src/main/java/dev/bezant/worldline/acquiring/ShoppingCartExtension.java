package dev.bezant.worldline.acquiring;

import org.jspecify.annotations.Nullable;

/**
 * The shop plugin that calls, for those who write one.
 *
 * @param creator not blank, as are name and version
 * @param extensionId given by Worldline; null for none
 */
public record ShoppingCartExtension(String creator, String name, String version, @Nullable String extensionId) {
    public ShoppingCartExtension {
        if (creator.isBlank() || name.isBlank() || version.isBlank() || (extensionId != null && extensionId.isBlank())) {
            throw new IllegalArgumentException("a shopping cart extension has a creator, a name and a version, and an id that is not blank or none");
        }
    }
}
