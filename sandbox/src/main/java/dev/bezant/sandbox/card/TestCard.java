package dev.bezant.sandbox.card;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The test cards of {@code docs/protocols/payments-api.md}, section 8, by what their issuer does. They behave the same at every simulated
 * provider, whatever the amount. A provider remembers one of these in place of the card number, so that no number is ever written down.
 */
public enum TestCard {
    APPROVED(Sca.NONE, null, Aftermath.NONE, "4242424242424242", "4000056655665556", "5555555555554444", "2223003122003222",
            "5200828282828210", "5105105105105100", "6011111111111117", "6011000990139424", "3056930009020004", "36227206271667",
            "3566002020360505", "6200000000000005", "4000000000000077", "4000003720000278", "4000000000005423"),
    /** Cards of that table's "by country" row, by the numbers they are commonly known under. */
    APPROVED_BY_COUNTRY(Sca.NONE, null, Aftermath.NONE, "4000000320000021", "4000000760000002", "4000001240000000",
            "4000001520000001", "4000001700000003", "4000004840008001", "4000007840000001", "4000000400000008", "4000000560000004",
            "4000001000000000", "4000001910000009", "4000001960000008", "4000002030000002", "4000002080000001", "4000002330000009",
            "4000002460000001", "4000002500000003", "4000002760000016", "4000003000000030", "4000003480000005", "4000003720000005",
            "4000003800000008", "4000004280000005", "4000004400000000", "4000004420000006", "4000004700000007", "4000005280000002",
            "4000005780000007", "4000006160000005", "4000006200000007", "4000006420000001", "4000007050000006", "4000007030000001",
            "4000007240000007", "4000007520000008", "4000007560000009", "4000008260000000", "4000058260000005", "4000000360000006",
            "4000001560000002", "4000003440000004", "4000003560000008", "4000003920000003", "4000004580000002", "4000005540000008",
            "4000007020000003", "4000007640000003"),
    /** Approved; where 3-D Secure is asked for, the issuer takes no part in it. */
    WITHOUT_3DS(Sca.NONE, null, Aftermath.NONE, "378282246310005", "371449635398431"),
    /** Approved; where 3-D Secure is asked for, the issuer vouches for the payer without a challenge. */
    FRICTIONLESS(Sca.NONE, null, Aftermath.NONE, "4000000032200000"),
    /** Approved, though the security code does not match. */
    CVC_CHECK_FAILS(Sca.NONE, null, Aftermath.NONE, "4000000000000101"),
    /** Approved; of the address the postcode, the street, neither, or nothing could be checked. */
    ZIP_CHECK_FAILS(Sca.NONE, null, Aftermath.NONE, "4000000000000036"),
    STREET_CHECK_FAILS(Sca.NONE, null, Aftermath.NONE, "4000000000000028"),
    ADDRESS_CHECK_FAILS(Sca.NONE, null, Aftermath.NONE, "4000000000000010"),
    ADDRESS_NOT_CHECKED(Sca.NONE, null, Aftermath.NONE, "4000000000000044"),
    /** Approved, with a high risk. */
    RISK_HIGHEST(Sca.NONE, null, Aftermath.NONE, "4000000000004954"),
    RISK_ELEVATED(Sca.NONE, null, Aftermath.NONE, "4000000000009235"),

    GENERIC_DECLINE(Sca.NONE, Refusal.GENERIC, Aftermath.NONE, "4000000000000002"),
    INSUFFICIENT_FUNDS(Sca.NONE, Refusal.INSUFFICIENT_FUNDS, Aftermath.NONE, "4000000000009995"),
    LOST_CARD(Sca.NONE, Refusal.LOST_CARD, Aftermath.NONE, "4000000000009987"),
    STOLEN_CARD(Sca.NONE, Refusal.STOLEN_CARD, Aftermath.NONE, "4000000000009979"),
    VELOCITY_EXCEEDED(Sca.NONE, Refusal.VELOCITY_EXCEEDED, Aftermath.NONE, "4000000000006975"),
    EXPIRED_CARD(Sca.NONE, Refusal.EXPIRED_CARD, Aftermath.NONE, "4000000000000069"),
    INCORRECT_CVC(Sca.NONE, Refusal.INCORRECT_CVC, Aftermath.NONE, "4000000000000127"),
    PROCESSING_ERROR(Sca.NONE, Refusal.PROCESSING_ERROR, Aftermath.NONE, "4000000000000119"),
    FRAUDULENT(Sca.NONE, Refusal.FRAUDULENT, Aftermath.NONE, "4100000000000019"),
    /** Can be verified with an amount of zero; every charge is declined. */
    CHARGES_DECLINED(Sca.NONE, Refusal.GENERIC, Aftermath.NONE, "4000000000000341"),

    CHALLENGE_UNLESS_SET_UP(Sca.REQUIRED, null, Aftermath.NONE, "4000002500003155"),
    CHALLENGE_ALWAYS(Sca.REQUIRED_ALWAYS, null, Aftermath.NONE, "4000002760003184"),
    /** Without 3-D Secure data the payer is taken to be absent, and that passes. */
    CHALLENGE_ON_SESSION(Sca.WHEN_ASKED, null, Aftermath.NONE, "4000003800000446"),
    CHALLENGE_THEN_INSUFFICIENT_FUNDS(Sca.REQUIRED, Refusal.INSUFFICIENT_FUNDS, Aftermath.NONE, "4000008260003178"),
    CHALLENGE_REQUIRED(Sca.REQUIRED, null, Aftermath.NONE, "4000000000003220", "4000008400000027"),
    CHALLENGE_THEN_DECLINED(Sca.REQUIRED, Refusal.GENERIC, Aftermath.NONE, "4000008400001629"),
    LOOKUP_ERROR(Sca.REQUIRED_LOOKUP_FAILS, null, Aftermath.NONE, "4000008400001280"),
    CHALLENGE_OPTIONAL(Sca.WHEN_ASKED, null, Aftermath.NONE, "4000000000003055"),
    LOOKUP_ERROR_OPTIONAL(Sca.LOOKUP_FAILS_WHEN_ASKED, null, Aftermath.NONE, "4000000000003097"),

    DISPUTED_AS_FRAUD(Sca.NONE, null, Aftermath.DISPUTE_FRAUD, "4000000000000259", "4000000404000038", "4000008400000779",
            "5105008400000002"),
    DISPUTED_NOT_RECEIVED(Sca.NONE, null, Aftermath.DISPUTE_NOT_RECEIVED, "4000000000002685"),
    INQUIRED(Sca.NONE, null, Aftermath.INQUIRY, "4000000000001976"),
    DISPUTED_TWICE(Sca.NONE, null, Aftermath.TWO_DISPUTES, "4000000404000079"),
    REFUND_PENDING(Sca.NONE, null, Aftermath.REFUND_APPROVED_LATER, "4000000000007726"),
    REFUND_FAILS(Sca.NONE, null, Aftermath.REFUND_DECLINED_LATER, "4000000000005126");

    /** What the issuer wants of 3-D Secure. A payment with a stored card, the payer being absent, is never challenged. */
    public enum Sca {
        NONE,
        /** Challenged if 3-D Secure is asked for, else let through. */
        WHEN_ASKED,
        /** Challenged if 3-D Secure is asked for, else declined, but let through with a stored card. */
        REQUIRED,
        /** As REQUIRED, and declined with a stored card too. */
        REQUIRED_ALWAYS,
        /** The look-up fails if 3-D Secure is asked for, and it is declined without. */
        REQUIRED_LOOKUP_FAILS,
        /** The look-up fails if 3-D Secure is asked for, else it is let through. */
        LOOKUP_FAILS_WHEN_ASKED
    }

    /** What happens after the money has moved. */
    public enum Aftermath {
        NONE, DISPUTE_FRAUD, DISPUTE_NOT_RECEIVED, INQUIRY, TWO_DISPUTES, REFUND_APPROVED_LATER, REFUND_DECLINED_LATER
    }

    private static final Map<String, TestCard> BY_PAN = byPan();

    private final Sca sca;
    private final @Nullable Refusal refusal;
    private final Aftermath aftermath;
    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; Java has no type that says so.
    private final List<String> pans;

    TestCard(Sca sca, @Nullable Refusal refusal, Aftermath aftermath, String... pans) {
        this.sca = sca;
        this.refusal = refusal;
        this.aftermath = aftermath;
        this.pans = List.of(pans);
    }

    /** The card of that number, or null if it is none of these. */
    public static @Nullable TestCard of(String pan) {
        return BY_PAN.get(pan);
    }

    public Sca sca() {
        return sca;
    }

    public Aftermath aftermath() {
        return aftermath;
    }

    public List<String> pans() {
        return pans;
    }

    /**
     * The issuer's word on an amount once 3-D Secure is out of the way.
     *
     * @param amount minor units; 0 to verify the card
     * @return null if approved
     */
    public @Nullable Refusal refusalOf(long amount) {
        return this == CHARGES_DECLINED && amount == 0 ? null : refusal;
    }

    private static Map<String, TestCard> byPan() {
        var map = new HashMap<String, TestCard>();
        for (var card : values()) {
            for (var pan : card.pans) {
                map.put(pan, card);
            }
        }
        return Map.copyOf(map);
    }
}
