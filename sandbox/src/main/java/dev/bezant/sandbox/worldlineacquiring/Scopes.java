package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Account;
import java.util.List;
import java.util.Set;

/** What tokens permit (sections 1 and 3). */
final class Scopes {
    static final List<String> ALL = List.of("processing_payment", "processing_refund", "processing_credittransfer",
            "processing_accountverification", "processing_balanceinquiry", "processing_operation_reverse", "processing_dcc_rate",
            "services_ping", "disputes_retrieve", "disputes_manage");

    private Scopes() {}

    static Set<String> split(String text) {
        return text.isBlank() ? Set.of() : Set.copyOf(List.of(text.strip().split("\\s+")));
    }

    /** What a client may ask for. */
    static Set<String> granted(Account account) {
        var scopes = account.get("scopes");
        return scopes == null ? Set.copyOf(ALL) : split(scopes);
    }
}
