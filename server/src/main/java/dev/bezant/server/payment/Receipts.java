package dev.bezant.server.payment;

import dev.bezant.server.database.Database;
import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.http.Html;
import dev.bezant.server.http.PageRoute.PageRequest;
import dev.bezant.server.http.PageRoute.PageResponse;
import dev.bezant.server.http.PageRoute;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.RedirectMethod;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The page that shows a payer what was paid; its address is a charge's {@code receipt_url}.
 *
 * <p>The address is made when a charge is shown, not stored with it: it depends on where this server is reached.
 */
final class Receipts {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Database database;
    private final ActionPages pages;

    Receipts(Database database, ActionPages pages) {
        this.database = database;
        this.pages = pages;
    }

    /** Gives every captured charge that is shown its address. */
    void register(Shapes shapes) {
        shapes.finish("charge", charge -> {
            if (charge.path("captured").asBoolean(false)) {
                charge.put("receipt_url", pages.receiptUrl(charge.path("reference").asString()));
            }
        });
    }

    List<PageRoute> routes() {
        return List.of(new PageRoute("GET", "/pay/receipts/{reference}/{token}", this::receipt));
    }

    private PageResponse receipt(PageRequest request) {
        return charge(request.pathParam("reference"), request.pathParam("token")).map(Receipts::page)
                .orElseGet(() -> Html.message(404, "This link does not work", "There is no receipt here. Please ask the shop for it."));
    }

    /** By its reference alone, which is nobody else's: the token vouches for it. */
    private Optional<Charge> charge(String reference, String token) {
        if (!pages.isReceipt(reference, token)) {
            return Optional.empty();
        }
        return database.sql("select * from charge where reference = :reference and amount_captured > 0")
                .bind("reference", reference)
                .list(Rows::charge).stream().findFirst();
    }

    private static PageResponse page(Charge charge) {
        var currency = charge.amount().currency();
        var card = charge.methodSnapshot().path("card");
        var lines = new StringBuilder();
        lines.append(new Money(charge.amountCaptured(), currency)).append(" paid on ").append(DAY.format(charge.createdAt()));
        lines.append(" with ").append(charge.redirect().map(RedirectMethod::label)
                .orElseGet(() -> card.path("brand").asString("a card") + " ending in " + card.path("last4").asString(""))).append('.');
        if (charge.amountRefunded() > 0) {
            lines.append(' ').append(new Money(charge.amountRefunded(), currency)).append(" of it has been given back.");
        }
        lines.append(" Number ").append(charge.id()).append('.');
        return Html.message(200, "Receipt", lines.toString());
    }
}
