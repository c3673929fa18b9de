package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bezant.server.kernel.Secret;
import dev.bezant.server.testing.RawHttp;
import dev.bezant.server.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Rate limits that nodes share, counted in a real Redis. */
class RedisBucketsTest {
    @Test
    void two_nodes_share_one_limit() throws Exception {
        try (var redis = RedisServer.start(); var one = buckets(redis); var other = buckets(redis);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> here = () -> one.take("key_1/all", 50).taken();
            Callable<Boolean> there = () -> other.take("key_1/all", 50).taken();
            var both = new java.util.ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 60; i++) {
                both.add(here);
                both.add(there);
            }
            long taken = 0;
            for (var future : threads.invokeAll(both)) {
                taken += future.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(50);
            assertThat(one.take("key_2/all", 50).taken()).isTrue();
        }
    }

    @Test
    void a_key_that_asked_too_much_is_refused_by_every_node() throws Exception {
        try (var redis = RedisServer.start(); var one = buckets(redis); var other = buckets(redis);
                var door = new FrontDoor(3, null, one, Exposure.DIRECT); var next = new FrontDoor(3, null, other, Exposure.DIRECT)) {
            for (int i = 0; i < 3; i++) {
                RawHttp.Response answer = door.once(FrontDoor.get("/v1/things"));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("RateLimit-Remaining")).isEqualTo(String.valueOf(2 - i));
            }
            RawHttp.Response refused = next.once(FrontDoor.get("/v1/things"));
            assertThat(refused.error()).isEqualTo("429 rate_limit_error rate_limit -");
            assertThat(refused.header("RateLimit-Limit")).isEqualTo("3");
            assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
            assertThat(Integer.parseInt(String.valueOf(refused.header("RateLimit-Reset")))).isBetween(1, 60);
        }
    }

    @Test
    void counters_do_not_name_the_key_and_do_not_stay() throws Exception {
        try (var redis = RedisServer.start(); var one = buckets(redis)) {
            one.take("key_1/all", 5);
            List<String> names = redis.cli("keys", "*");
            assertThat(names).containsExactly("bezant:limit:key_1/all/5");
            assertThat(Integer.parseInt(redis.cli("ttl", names.getFirst()).getFirst())).isBetween(1, 120);
        }
    }

    @Test
    void each_node_counts_for_itself_while_redis_is_away_and_together_again_afterwards() throws Exception {
        try (var redis = RedisServer.start(); var one = buckets(redis)) {
            assertThat(one.take("key_1/all", 2).left()).isEqualTo(1);
            redis.stop();
            // Nobody is refused since Redis is gone; the node's own count begins anew.
            assertThat(one.take("key_1/all", 2).left()).isEqualTo(1);
            assertThat(one.take("key_1/all", 2).taken()).isTrue();
            assertThat(one.take("key_1/all", 2).taken()).isFalse();
            redis.startAgain();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                one.take("key_9/all", 1_000_000);
                return redis.cli("keys", "*key_9*").size() == 1;
            });
        }
    }

    private static RedisBuckets buckets(RedisServer redis) {
        return RedisBuckets.connect(Secret.of(redis.url()), new LocalBuckets());
    }
}
