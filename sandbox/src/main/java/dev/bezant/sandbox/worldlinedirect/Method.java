package dev.bezant.sandbox.worldlinedirect;

/** The kinds of payment method, as answers name them. */
enum Method {
    CARD("card", "cardPaymentMethodSpecific"),
    REDIRECT("redirect", "redirectPaymentMethodSpecific"),
    MOBILE("mobile", "mobilePaymentMethodSpecific"),
    DIRECT_DEBIT("directDebit", "sepaDirectDebitPaymentMethodSpecific");

    private final String wireName;
    private final String prefix;

    Method(String wireName, String prefix) {
        this.wireName = wireName;
        this.prefix = prefix;
    }

    String wireName() {
        return wireName;
    }

    /** The object of a request that chooses it. */
    String inputName() {
        return prefix + "Input";
    }

    String outputName() {
        return prefix + "Output";
    }

    /** The object of a refund. */
    String refundName() {
        return switch (this) {
            case CARD -> "cardRefundMethodSpecificOutput";
            case REDIRECT, DIRECT_DEBIT -> "redirectRefundMethodSpecificOutput";
            case MOBILE -> "mobileRefundMethodSpecificOutput";
        };
    }
}
