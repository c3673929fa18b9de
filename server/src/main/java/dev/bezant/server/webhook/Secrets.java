package dev.bezant.server.webhook;

import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.vault.SealedText;
import dev.bezant.server.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What deliveries are signed with. While one is being rolled there are two of an endpoint, and both sign.
 *
 * @see "docs/protocols/payments-api.md, section 6.1"
 */
final class Secrets {
    private static final int RANDOM_CHARS = 32;

    private final Vault vault;
    private final Ids ids;

    Secrets(Vault vault, Ids ids) {
        this.vault = vault;
        this.ids = ids;
    }

    /** Makes one, to be shown this once. */
    Secret create(Session tx, String accountId, String endpointId) {
        String id = ids.next("whs");
        Secret secret = Secret.of("whsec_" + ids.secret(RANDOM_CHARS));
        tx.sql("insert into webhook_secret (account_id, id, endpoint_id, sealed) values (:account, :id, :endpoint, :sealed)")
                .bind("account", accountId)
                .bind("id", id)
                .bind("endpoint", endpointId)
                .bind("sealed", vault.encryptText(SealedText.WEBHOOK_SECRET, accountId, id, secret.reveal()))
                .update();
        return secret;
    }

    /** Makes another one. The present one signs on for a while; a former one that still did ends now. */
    Secret roll(Session tx, String accountId, String endpointId, Duration overlap) {
        tx.sql("""
                        delete from webhook_secret
                         where endpoint_id = :endpoint and account_id = :account and (expires_at is not null or :seconds::bigint = 0)
                        """)
                .bind("endpoint", endpointId)
                .bind("account", accountId)
                .bind("seconds", overlap.toSeconds())
                .update();
        tx.sql("""
                        update webhook_secret set expires_at = now() + make_interval(secs => :seconds::double precision)
                         where endpoint_id = :endpoint and account_id = :account
                        """)
                .bind("seconds", overlap.toSeconds())
                .bind("endpoint", endpointId)
                .bind("account", accountId)
                .update();
        return create(tx, accountId, endpointId);
    }

    void delete(Session tx, String accountId, String endpointId) {
        tx.sql("delete from webhook_secret where endpoint_id = :endpoint and account_id = :account")
                .bind("endpoint", endpointId)
                .bind("account", accountId)
                .update();
    }

    /**
     * A secret that signs.
     *
     * @param expiresAt null = until it is rolled
     */
    record Active(Secret secret, @Nullable Instant expiresAt) {
        boolean at(Instant now) {
            return expiresAt == null || now.isBefore(expiresAt);
        }
    }

    /** Those that sign now, by endpoint; the newest first. */
    Map<String, List<Active>> open(Session session, List<String> endpointIds) {
        var opened = new HashMap<String, List<Active>>();
        session.sql("""
                        select account_id, id, endpoint_id, sealed, expires_at from webhook_secret
                         where endpoint_id = any (:endpoints::text[]) and (expires_at is null or expires_at > now())
                         order by id desc
                        """)
                .bind("endpoints", endpointIds)
                .list(row -> opened.computeIfAbsent(row.text("endpoint_id"), it -> new ArrayList<>()).add(new Active(
                        vault.decryptText(SealedText.WEBHOOK_SECRET, row.text("account_id"), row.text("id"), row.bytes("sealed")),
                        row.momentOrNull("expires_at"))));
        return opened;
    }
}
