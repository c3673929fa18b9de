package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All things of one kind by their key, kept in the world's journal. Reads need no lock. */
final class Shelf<T> {
    private final String kind;
    private final Class<T> type;
    private final Function<T, String> key;
    private final Predicate<T> watched;
    private final Map<String, T> things = new ConcurrentHashMap<>();
    private final Map<String, T> byPage = new ConcurrentHashMap<>();
    private final Set<String> due = ConcurrentHashMap.newKeySet();
    private final Function<T, @Nullable String> page;

    /**
     * @param page the secret part of the address of its page, if it has one
     * @param watched what {@link #watched} lists
     */
    Shelf(World world, String kind, Class<T> type, Function<T, String> key, Function<T, @Nullable String> page, Predicate<T> watched) {
        this.kind = WorldlineDirectProvider.NAME + "." + kind;
        this.type = type;
        this.key = key;
        this.page = page;
        this.watched = watched;
        world.register(this.kind, type, this::apply);
        world.onReset(this::forget);
    }

    static <T> Shelf<T> plain(World world, String kind, Class<T> type, Function<T, String> key) {
        return new Shelf<>(world, kind, type, key, _ -> null, _ -> false);
    }

    @Nullable T get(String wanted) {
        return things.get(wanted);
    }

    @Nullable T ofPage(String wanted) {
        return byPage.get(wanted);
    }

    List<T> watched() {
        var found = new ArrayList<T>();
        for (var wanted : due) {
            var thing = things.get(wanted);
            if (thing != null) {
                found.add(thing);
            }
        }
        return found;
    }

    /** The change that keeps this thing, or null if it does not belong here. */
    World.@Nullable Change change(Object thing) {
        return type.isInstance(thing) ? new World.Change(kind, thing) : null;
    }

    private void apply(T thing) {
        var its = key.apply(thing);
        things.put(its, thing);
        var address = page.apply(thing);
        if (address != null) {
            byPage.put(address, thing);
        }
        if (watched.test(thing)) {
            due.add(its);
        } else {
            due.remove(its);
        }
    }

    private void forget() {
        things.clear();
        byPage.clear();
        due.clear();
    }
}
