package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.worldlineacquiring.CardUse.Pin;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code cardPaymentData} of requests: a typed card, a stripe's second track or a chip (section 2.4). */
final class CardReader {
    private static final Pattern TRACK_2 = Pattern.compile(";?(\\d{12,19})[=D](\\d{2})(\\d{2})[0-9F?]*", Pattern.CASE_INSENSITIVE);
    private static final Set<String> ENTRY_METHODS = Set.of("NONE", "CARD_SECURITY_CODE", "THREE_DS", "SIGNATURE", "ONLINE_PIN", "OFFLINE_PIN",
            "CARDHOLDER_DEVICE");
    private static final Set<String> SERIES = Set.of("UNSCHEDULED_CARD_ON_FILE", "MERCHANT_INSTALLMENT", "RECURRING_FIXED",
            "RECURRING_VARIABLE");
    private static final Set<String> EXEMPTIONS = Set.of("LOW_VALUE_PAYMENT", "SCA_DELEGATION", "SECURE_CORPORATE_PAYMENT",
            "TRANSACTION_RISK_ANALYSIS", "TRUSTED_BENEFICIARY", "AUTHENTICATION_OUTAGE");

    private CardReader() {}

    /** Null after noting what is wrong. */
    static @Nullable CardUse read(Input body) {
        var data = body.required("cardPaymentData");
        if (!body.has("cardPaymentData")) {
            return null;
        }
        var sale = data.object("pointOfSaleData");
        var method = data.choice("cardholderVerificationMethod", ENTRY_METHODS);
        var ecommerce = data.object("ecommerceData");
        ecommerce.choice("scaExemptionRequest", EXEMPTIONS);
        var secure = ecommerce.object("threeDSecure");
        boolean authenticated = secure.has("authenticationValue") && !secure.requiredText("authenticationValue").isEmpty();
        boolean absent = isPayerAbsent(data);
        var pin = pin(sale);
        boolean present = sale.has("track2Data") || sale.has("emvData");
        boolean withCode = securityCode(data);
        var card = card(data, sale);
        return card == null ? null : new CardUse(card, method, present, withCode, ecommerce.has("addressVerificationData"),
                authenticated || present, absent, data.isTrue("captureImmediately"), data.isTrue("allowPartialApproval"), pin,
                sale.isTrue("isRetryWithTheSameOperationId"));
    }

    private static @Nullable CardFacts card(Input data, Input sale) {
        var brand = data.text("brand");
        var track = sale.has("track2Data") ? sale.text("track2Data") : tag(sale, "57");
        if (track != null) {
            return ofTrack(sale, track, brand);
        }
        var chipNumber = tag(sale, "5A");
        if (chipNumber != null) {
            var expiry = tag(sale, "5F24");
            var digits = chipNumber.replaceFirst("(?i)F+$", "");
            if (!digits.matches("\\d{12,19}") || expiry == null || !expiry.matches("\\d{4,6}")) {
                sale.refuse("emvData", "must hold the number (5A) with its expiry (5F24), or the second track (57)");
                return null;
            }
            return CardFacts.of(digits, expiry.substring(2, 4) + "20" + expiry.substring(0, 2), brand);
        }
        var plain = data.required("cardData");
        return data.has("cardData") ? typed(plain, brand) : null;
    }

    private static @Nullable CardFacts ofTrack(Input sale, String track, @Nullable String brand) {
        Matcher matcher = TRACK_2.matcher(track);
        if (!matcher.matches()) {
            sale.refuse("track2Data", "must be a card number, = and the expiry as YYMM");
            return null;
        }
        return CardFacts.of(matcher.group(1), matcher.group(3) + "20" + matcher.group(2), brand);
    }

    private static @Nullable CardFacts typed(Input plain, @Nullable String brand) {
        var number = plain.requiredText("cardNumber");
        if (!number.isEmpty() && !number.matches("\\d{12,19}")) {
            plain.refuse("cardNumber", "must be 12 to 19 digits");
            number = "";
        }
        var expiry = plain.requiredText("expiryDate");
        if (!expiry.isEmpty() && CardFacts.expiryMonth(expiry) == null) {
            plain.refuse("expiryDate", "must be MMYYYY");
            expiry = "";
        }
        return number.isEmpty() || expiry.isEmpty() ? null : CardFacts.of(number, expiry, brand);
    }

    private static boolean securityCode(Input data) {
        var code = data.object("cardData").text("cardSecurityCode");
        if (code != null && !code.matches("\\d{3,4}")) {
            data.object("cardData").refuse("cardSecurityCode", "must be 3 or 4 digits");
        }
        return code != null;
    }

    /** A kept card that the merchant charges alone must name the payment that began the series. */
    private static boolean isPayerAbsent(Input data) {
        var onFile = data.object("cardOnFileData");
        onFile.flag("isInitialTransaction");
        var first = onFile.object("initialCardOnFileData");
        first.choice("transactionType", SERIES);
        first.choice("futureUse", Set.of("MERCHANT_INITIATED", "CARDHOLDER_INITIATED"));
        if (!onFile.has("subsequentCardOnFileData")) {
            return false;
        }
        var next = onFile.object("subsequentCardOnFileData");
        var type = next.choice("transactionType", SERIES);
        var initiator = next.choice("cardOnFileInitiator", Set.of("MERCHANT", "CARDHOLDER"));
        boolean alone = "MERCHANT".equals(initiator);
        if (alone) {
            next.requiredText("initialSchemeTransactionId");
        } else if (type != null && !type.equals("UNSCHEDULED_CARD_ON_FILE")) {
            next.refuse("transactionType", "must be UNSCHEDULED_CARD_ON_FILE for a payment that the cardholder begins");
        }
        return alone;
    }

    private static Pin pin(Input sale) {
        if (!sale.has("onlinePinData")) {
            return Pin.NONE;
        }
        var pin = sale.object("onlinePinData");
        var block = pin.requiredText("encryptedPinBlock");
        var encryption = pin.required("pinEncryptionData");
        if (pin.has("pinEncryptionData")) {
            encryption.requiredText("pinEncryptionType");
            encryption.choice("pinEncryptionType", Set.of("AES_UKPT", "DUKPT", "ZPK"));
        }
        return block.matches("[Ff]+") ? Pin.WRONG : Pin.RIGHT;
    }

    /** A chip's item in hexadecimal, or null. */
    private static @Nullable String tag(Input sale, String wanted) {
        for (var item : sale.items("emvData")) {
            if (wanted.equals(String.valueOf(item.text("tag")).toUpperCase(Locale.ROOT))) {
                return item.text("value");
            }
        }
        return null;
    }
}
