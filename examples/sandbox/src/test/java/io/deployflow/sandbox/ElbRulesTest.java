package io.deployflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.sandbox.WireClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ElbRulesTest {

    private static final String VERSION = "&Version=2015-12-01";

    private final SandboxServer server = SandboxServer.start(SandboxSettings.of(Timings.FAST), new FakePorts().ports());
    private final WireClient aws = new WireClient(server.url());
    private String blue;
    private String green;
    private String listener;

    @BeforeEach
    void setUp() {
        String balancer = aws.elb("Action=CreateLoadBalancer&Name=app", "LoadBalancerArn");
        blue = aws.elb("Action=CreateTargetGroup&Name=blue", "TargetGroupArn");
        green = aws.elb("Action=CreateTargetGroup&Name=green", "TargetGroupArn");
        listener = aws.elb(
                "Action=CreateListener&Protocol=HTTP&Port=80&LoadBalancerArn=" + balancer
                        + "&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn=" + blue,
                "ListenerArn");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void describeRules_showsTheDefaultRuleLast() {
        String rule = createRule(10);

        Answer rules = query("DescribeRules&ListenerArn=" + listener);

        assertThat(rules.body())
                .containsSubsequence(rule, "<Priority>10</Priority>", "listener-rule/app/app/", "<Priority>default<");
        assertThat(rule).startsWith(listener.replace(":listener/", ":listener-rule/") + "/");
    }

    @Test
    void modifyRule_ofADefaultRule_changesTheListener() {
        String defaultRule = aws.elb("Action=DescribeRules&ListenerArn=" + listener, "RuleArn");

        query("ModifyRule&RuleArn=" + defaultRule + weighted("Actions", 95, 5));

        assertThat(query("DescribeListeners&ListenerArns.member.1=" + listener).body())
                .containsSubsequence("blue/", "<Weight>95</Weight>", "green/", "<Weight>5</Weight>");
        assertThat(query("DescribeTargetGroups&Names.member.1=green").body())
                .as("now belongs to the load balancer")
                .contains("loadbalancer/app/app/");
    }

    @Test
    void modifyListener_takesWeightedGroups() {
        Answer changed = query("ModifyListener&ListenerArn=" + listener + weighted("DefaultActions", 0, 100));

        assertThat(changed.body()).containsSubsequence("blue/", "<Weight>0</Weight>", "green/", "<Weight>100</Weight>");
    }

    @Test
    void priority_isTakenOnce_andCanBeChanged() {
        String rule = createRule(10);

        assertThat(query("CreateRule&ListenerArn=" + listener + "&Priority=10" + everyPath()
                                + weighted("Actions", 1, 1))
                        .body())
                .contains("PriorityInUse");
        assertThat(query("SetRulePriorities&RulePriorities.member.1.RuleArn=" + rule
                                + "&RulePriorities.member.1.Priority=20")
                        .body())
                .contains("<Priority>20</Priority>");
    }

    @Test
    void rule_canBeDeleted_butNotTheDefaultOne() {
        String rule = createRule(10);

        assertThat(query("DeleteRule&RuleArn=" + rule).status()).isEqualTo(200);
        assertThat(query("DescribeRules&RuleArns.member.1=" + rule).body()).contains("RuleNotFound");
        String defaultRule = aws.elb("Action=DescribeRules&ListenerArn=" + listener, "RuleArn");
        assertThat(query("DeleteRule&RuleArn=" + defaultRule).body()).contains("OperationNotPermitted");
    }

    @Test
    void conditionThatTheSandboxDoesNotHave_isRefused() {
        assertThat(query("CreateRule&Priority=1&ListenerArn=" + listener + weighted("Actions", 1, 1)
                                + "&Conditions.member.1.Field=host-header&Conditions.member.1.Values.member.1=a")
                        .body())
                .contains("InvalidConfigurationRequest", "path-pattern");
    }

    private String createRule(int priority) {
        return aws.elb(
                "Action=CreateRule&ListenerArn=" + listener + "&Priority=" + priority + everyPath()
                        + weighted("Actions", 1, 0),
                "RuleArn");
    }

    private static String everyPath() {
        return "&Conditions.member.1.Field=path-pattern&Conditions.member.1.Values.member.1=/*";
    }

    private String weighted(String field, int blueWeight, int greenWeight) {
        String groups = "&" + field + ".member.1.ForwardConfig.TargetGroups.member.";
        return "&" + field + ".member.1.Type=forward" + groups + "1.TargetGroupArn=" + blue + groups + "1.Weight="
                + blueWeight + groups + "2.TargetGroupArn=" + green + groups + "2.Weight=" + greenWeight;
    }

    private Answer query(String action) {
        return aws.query("Action=" + action + VERSION);
    }
}
