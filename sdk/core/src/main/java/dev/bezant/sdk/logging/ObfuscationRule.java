package dev.bezant.sdk.logging;

/** How one value is masked. Ready-made ones never show a value that is too short to have a masked part. */
@FunctionalInterface
public interface ObfuscationRule {
    String mask(String value);

    /** Every character; the length stays visible. */
    static ObfuscationRule all() {
        return value -> "*".repeat(value.length());
    }

    /** Always so many asterisks: for secrets whose length is telling. */
    static ObfuscationRule fixedLength(int length) {
        return value -> "*".repeat(length);
    }

    /** Only runs of digits that could be a card number, for texts that may quote one; the rest is shown. */
    static ObfuscationRule cardNumbers() {
        return value -> value.replaceAll("[0-9](?:[ -]?[0-9]){11,19}", "************");
    }

    static ObfuscationRule allButFirst(int kept) {
        return allBut(kept, 0);
    }

    static ObfuscationRule allButLast(int kept) {
        return allBut(0, kept);
    }

    /** Keeps both ends, such as 6 and 4 of a card number; all is masked unless at least as much is masked as one end shows. */
    static ObfuscationRule allBut(int first, int last) {
        if (first < 0 || last < 0) {
            throw new IllegalArgumentException("cannot keep a negative number of characters");
        }
        return value -> {
            int masked = value.length() - first - last;
            if (masked < Math.min(2, first + last)) {
                return "*".repeat(value.length());
            }
            return value.substring(0, first) + "*".repeat(masked) + value.substring(value.length() - last);
        };
    }
}
