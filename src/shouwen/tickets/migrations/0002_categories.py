"""The category tree of a telecom operator, the rules of each kind, and the sequence behind ticket numbers."""

from django.db import migrations

# code | Chinese | English; indentation is the level. After "@": super-class, and business where one serves it.
TREE = """
network|网络质量|Network quality @network_quality
  voice|移动语音|Mobile voice @network_quality mobile
    no_signal|无信号|No signal
    dropped|掉话|Dropped calls
    one_way|单通|One-way audio
    noise|杂音|Noise
  data|移动数据|Mobile data @network_quality mobile
    slow|上网慢|Slow
    no_access|不能上网|No access
    coverage_5g|5G 覆盖|5G coverage
  sms|短信|Text messages @network_quality mobile
    not_received|收不到|Not received
    delayed|延迟|Delayed
  broadband|宽带|Broadband @network_quality broadband
    down|断网|Down
    slow|网速慢|Slow
    drops|频繁掉线|Drops often
    auth_failed|认证失败|Sign-on fails
    los|光猫 LOS 告警|Optical modem LOS alarm
  iptv|IPTV|IPTV @network_quality broadband
    stutter|卡顿|Stutters
    black|黑屏|Black screen
  fixed|固话|Fixed line @network_quality fixed
    silent|无音|No tone
    noise|杂音|Noise
    no_outgoing|不能主叫|Cannot call out
    no_incoming|不能被叫|Cannot be called
  roaming|国际漫游|International roaming @network_quality mobile
tariff|资费争议|Tariff disputes @tariff_dispute
  plan|套餐理解|Understanding of the plan
  excess|超出费用|Out-of-bundle charges
  traffic|流量争议|Data usage
  roaming|漫游费|Roaming charges
  late_fee|违约金|Late surcharge
  broadband|宽带费|Broadband fee
  suspension|停复机期间收费|Charges while suspended
  deposit|押金预存|Deposits and prepayment
  invoice|发票|Invoices
  balance|余额与有效期|Balance and validity
service|业务办理|Doing business with us @service_quality
  install_late|装移机超时或改约|Installation late or put off
  transfer|过户|Transfer of ownership
  porting|携号转网受限|Number porting refused
  suspend|停复机|Suspending and resuming
  removal|拆机难|Hard to have removed
  plan_change|套餐变更受限|Plan change refused
  forced|未经同意办理|Ordered without consent
  passed_around|渠道推诿|Passed around
  system|系统故障|System failure
vas|增值业务|Value-added services @vas_subscription
  unknown_order|不知情订购|Ordered unknowingly
  unsubscribe|退订无效|Unsubscribing fails
  third_party|第三方代收费|Third-party charges
  ring_tone|彩铃|Ring-back tones
  points|积分|Points
attitude|服务质量|Service quality @service_quality
  counter|营业员态度|Counter staff
  agent|客服态度|Hotline staff
  engineer|装维人员态度|Engineers
  hotline|热线难打|Hotline hard to reach
  promise|承诺未兑现|Promise not kept
  revisit|回访骚扰|Unwanted follow-up calls
field|装维|Installation and repair @service_quality broadband
  no_show|未按时上门|Did not come in time
  wiring|布线不规范|Poor wiring
  overcharge|乱收费|Overcharged
  repeat|修不好或重复障碍|Not fixed, or again
  damage|损坏财物|Damage
marketing|营销骚扰|Marketing nuisance @service_quality
  calls|外呼骚扰|Calls
  sms|短信骚扰|Messages
  false_claims|虚假宣传|False claims
security|信息安全|Information security @service_quality
  leak|信息泄露|Data leak
  fraud|诈骗|Fraud
  card|被办卡|Card taken out in one's name
  wrong_suspension|违规停机申诉|Appeal against suspension
number|号码|Numbers @service_quality
  reclaimed|号码被回收|Number reclaimed
  second_hand|二次号码遗留|Left-overs of a reused number
  choice|选号纠纷|Choice of number
  golden|吉祥号低消|Minimum spend of golden numbers
other|建议表扬与咨询|Suggestions, praise, enquiries @service_quality
  enquiry|咨询转单|Enquiry passed on
  suggestion|建议|Suggestion
  praise|表扬|Praise
  fault|其他故障|Other fault @network_quality
  complaint|其他投诉|Other complaint
"""
KINDS = ("enquiry", "fault", "complaint", "suggestion")


def nodes():
    path, inherited = [], [("", "")] * 4
    for position, line in enumerate(TREE.strip("\n").splitlines()):
        depth = (len(line) - len(line.lstrip())) // 2
        words, _, tail = line.strip().partition(" @")
        code, zh, en = words.split("|")
        path[depth:] = [code]
        super_class, _, business = tail.partition(" ")
        inherited[depth] = (super_class, business) if tail else inherited[depth - 1]
        above, business = inherited[depth]
        yield ".".join(path), ".".join(path[:-1]), depth + 1, position, zh, en, above, business


def fill(apps, schema_editor):
    category, policy = apps.get_model("tickets", "Category"), apps.get_model("tickets", "KindPolicy")
    made = {"": None}
    for code, parent, level, position, zh, en, super_class, business in nodes():
        made[code], _ = category.objects.get_or_create(
            code=code,
            defaults={
                "parent": made[parent],
                "level": level,
                "position": position,
                "name_zh": zh,
                "name_en": en,
                "super_class": super_class,
                "business": business,
            },
        )
    for kind in KINDS:
        policy.objects.get_or_create(kind=kind, defaults={"default_category": made[f"other.{kind}"]})


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial"), ("sla", "0002_limits")]
    operations = [
        migrations.RunSQL(
            "create sequence if not exists tickets_number_seq minvalue 1 maxvalue 999999 cycle",
            "drop sequence if exists tickets_number_seq",
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
