package dev.bezant.sandbox.cardinity;

import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What a merchant says about a chargeback, as far as it decides anything here: one text of his. */
record Evidence(String text) {
    private static final int TEXT_MAX = 20_000;

    /** How a chargeback goes on. */
    enum Decision {
        WON, LOST,
        /** An inquiry became a chargeback; nothing else is decided. */
        ESCALATED,
        PENDING;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param body {@code {"evidence":{"uncategorized_text":"..."}}}; whatever else is in it is taken and not looked at */
    static Evidence read(ObjectNode body) {
        var violations = new Violations();
        var text = new Fields(body, violations).object("evidence").text("uncategorized_text", TEXT_MAX);
        violations.refuseIfAny();
        return new Evidence(text == null ? "" : text.strip());
    }

    /** @see "docs/protocols/payments-api.md, section 8.4" */
    Decision decision() {
        return switch (text) {
            case "winning_evidence" -> Decision.WON;
            case "losing_evidence" -> Decision.LOST;
            case "escalate_inquiry_evidence" -> Decision.ESCALATED;
            default -> Decision.PENDING;
        };
    }
}
