package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.SandboxClock;

/** Where a payment link leads: to a hosted checkout of its own for every payer who opens it. */
final class LinkPages {
    static final String PATH = "/paymentlink/";

    private final Store store;
    private final Accounts accounts;
    private final SandboxClock clock;
    private final HostedCheckouts checkouts;
    private final Wire wire;

    LinkPages(Store store, Accounts accounts, SandboxClock clock, HostedCheckouts checkouts, Wire wire) {
        this.store = store;
        this.accounts = accounts;
        this.clock = clock;
        this.checkouts = checkouts;
        this.wire = wire;
    }

    HttpResponse open(HttpRequest request) {
        synchronized (store.lock()) {
            var found = store.links().ofPage(Api.segment(request, 2));
            var link = found == null ? null : store.links().get(found.id());
            var account = link == null ? null
                    : accounts.find(WorldlineDirectProvider.NAME, link.account()).filter(known -> !known.revoked()).orElse(null);
            if (link == null || account == null) {
                return Back.message(404, "Not found", "There is no such payment link.");
            }
            if (!link.isActive() || !clock.instant().isBefore(link.expires())) {
                return Back.message(410, "Not payable", "This payment link was paid already, was cancelled or has expired.");
            }
            var checkout = checkouts.open(account, link.request(), link.id());
            var work = new Work();
            work.save(checkout);
            store.commit(work);
            return HttpResponse.redirect(wire.url(CheckoutPages.PATH + checkout.page()));
        }
    }
}
