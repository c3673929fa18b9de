package dev.bezant.sandbox.world;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Takes card data out of text that is kept or shown: card numbers to first six and last four, security codes, stripes and chips altogether. */
public final class Masking {
    private static final Pattern CVC = Pattern.compile(
            "(\"(?:cvc|cvv|cvv2|cvn|card_cvv|card_security_code|securityCode|cardSecurityCode|track2Data|encryptedPinBlock)\"\\s*:\\s*"
                    + "|\"tag\"\\s*:\\s*\"(?:56|57|5A|5F20|5F24|9F6B)\"\\s*,\\s*\"value\"\\s*:\\s*)(\"[^\"]*\"|\\d+)"
                    + "|((?:^|&)(?:cvc|cvv|cvv2|client_secret)=)([^&]*)");
    private static final Pattern DIGITS = Pattern.compile("\\d(?:(?:[ +-]|%20)?\\d){11,19}");

    private Masking() {}

    public static String mask(String text) {
        if (text.length() < 12) {
            return text;
        }
        var withoutNumbers = DIGITS.matcher(text).replaceAll(Masking::maskNumber);
        return CVC.matcher(withoutNumbers).replaceAll(match -> match.group(1) != null ? match.group(1) + "\"***\"" : match.group(3) + "***");
    }

    private static String maskNumber(MatchResult match) {
        var digits = match.group().replaceAll("%20|[ +-]", "");
        if (digits.length() < 12 || digits.length() > 20 || !Luhn.holds(digits)) {
            return match.group();
        }
        return digits.substring(0, 6) + "*".repeat(digits.length() - 10) + digits.substring(digits.length() - 4);
    }
}
