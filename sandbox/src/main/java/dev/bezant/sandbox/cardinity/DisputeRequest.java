package dev.bezant.sandbox.cardinity;

import tools.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A valid request for a chargeback or RDR, which only one SDK has (section 2.4). Without an amount it means all that was captured. */
record DisputeRequest(long cents, String reason, @Nullable String description) {

    static DisputeRequest read(ObjectNode body, Payment payment, Child.Kind kind) {
        var violations = new Violations();
        var fields = new Fields(body, violations);
        String description = kind == Child.Kind.CHARGEBACK ? fields.required("description", 1, 255) : fields.text("description", 255);
        fields.required("payment_method", 1, 50);
        var code = fields.required("reason_code", 1, 10);
        var message = fields.required("reason_message", 1, 255);
        fields.required("arn", 1, 100);
        fields.text("case_id", 50);
        long captured = payment.state().captured();
        long cents = captured;
        if (fields.has("amount")) {
            cents = PaymentRequest.amount(fields, 1, payment.terms().currency());
            if (cents > captured) {
                fields.refuse("amount", "must be at most " + Amounts.text(captured) + ", which was captured");
            }
        } else if (captured == 0) {
            fields.refuse("amount", "nothing of the payment was captured");
        }
        violations.refuseIfAny();
        return new DisputeRequest(cents, code + ": " + message, description);
    }
}
