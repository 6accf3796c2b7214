"""The demo network as data: cities, hubs, stations, distances. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass

HUBS = [
    # code, zh, en, region, region en, city
    ("HZ-H1", "杭州分拨中心", "Hangzhou hub", "浙江", "Zhejiang", "杭州"),
    ("NB-H1", "宁波分拨中心", "Ningbo hub", "浙江", "Zhejiang", "宁波"),
    ("SH-H1", "上海分拨中心", "Shanghai hub", "上海", "Shanghai", "上海"),
    ("NJ-H1", "南京分拨中心", "Nanjing hub", "江苏", "Jiangsu", "南京"),
]
CITIES = {
    "杭州": "Hangzhou", "宁波": "Ningbo", "上海": "Shanghai", "南京": "Nanjing",
    "绍兴": "Shaoxing", "嘉兴": "Jiaxing", "温州": "Wenzhou", "苏州": "Suzhou",
}  # fmt: skip


@dataclass(frozen=True)
class StationPlan:
    """One station: where it is, its hub, how busy it is (share of the daily volume)."""

    code: str
    zh: str
    en: str
    city: str
    hub: str
    weight: float


STATIONS = [
    StationPlan("HZ-01", "杭州西湖站", "Hangzhou Xihu", "杭州", "HZ-H1", 1.6),
    StationPlan("HZ-02", "杭州滨江站", "Hangzhou Binjiang", "杭州", "HZ-H1", 1.3),
    StationPlan("HZ-03", "杭州余杭站", "Hangzhou Yuhang", "杭州", "HZ-H1", 1.0),
    StationPlan("SX-01", "绍兴越城站", "Shaoxing Yuecheng", "绍兴", "HZ-H1", 0.7),
    StationPlan("JX-01", "嘉兴南湖站", "Jiaxing Nanhu", "嘉兴", "HZ-H1", 0.6),
    StationPlan("NB-01", "宁波鄞州站", "Ningbo Yinzhou", "宁波", "NB-H1", 1.1),
    StationPlan("NB-02", "宁波北仑站", "Ningbo Beilun", "宁波", "NB-H1", 0.7),
    StationPlan("WZ-01", "温州鹿城站", "Wenzhou Lucheng", "温州", "NB-H1", 0.8),
    StationPlan("SH-01", "上海浦东站", "Shanghai Pudong", "上海", "SH-H1", 1.5),
    StationPlan("SH-02", "上海徐汇站", "Shanghai Xuhui", "上海", "SH-H1", 1.2),
    StationPlan("SU-01", "苏州姑苏站", "Suzhou Gusu", "苏州", "NJ-H1", 0.9),
    StationPlan("NJ-01", "南京鼓楼站", "Nanjing Gulou", "南京", "NJ-H1", 0.9),
]
STATION_BY_CODE = {plan.code: plan for plan in STATIONS}
# Districts of cities with more than one station, as they stand in invented addresses.
DISTRICTS = {
    "HZ-01": "西湖区", "HZ-02": "滨江区", "HZ-03": "余杭区", "NB-01": "鄞州区", "NB-02": "北仑区",
    "SH-01": "浦东新区", "SH-02": "徐汇区",
}  # fmt: skip
REGION_OF_HUB = {code: (zh, en) for code, _z, _e, zh, en, _c in HUBS}

# Hours on the road between hubs.
ROAD_HOURS = {
    frozenset({"HZ-H1", "NB-H1"}): 3.0,
    frozenset({"HZ-H1", "SH-H1"}): 3.5,
    frozenset({"HZ-H1", "NJ-H1"}): 5.0,
    frozenset({"NB-H1", "SH-H1"}): 4.5,
    frozenset({"NB-H1", "NJ-H1"}): 7.0,
    frozenset({"SH-H1", "NJ-H1"}): 5.0,
}

OFFICE = ("HQ", "总部", "Head office", "浙江", "Zhejiang", "杭州")
LOCKERS = [
    ("HZ-L1", "西湖文三路快件箱", "Xihu Wensan Road locker", "HZ-01"),
    ("NB-L1", "鄞州中心快件箱", "Yinzhou centre locker", "NB-01"),
    ("SH-L1", "浦东世纪大道快件箱", "Pudong Century Avenue locker", "SH-01"),
]

# Planned links after acceptance, in hours: (scan code, which site, same city, other city).
PLAN = [
    ("DEP", "origin", 12, 14),
    ("ARR", "origin_hub", 15, 18),
    ("DEP", "origin_hub", 22, 44),
    ("ARR", "destination_hub", 24, 56),
    ("DEP", "destination_hub", 30, 68),
    ("AST", "destination", 33, 72),
    ("OFD", "destination", 36, 76),
]

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = [
    "伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超",
    "秀英", "霞", "平", "刚", "桂英", "建国", "文博", "思远", "雨桐", "子涵", "欣怡", "浩然",
    "嘉豪", "一诺", "志强",
]  # fmt: skip
STREETS = ["文三路", "解放路", "中山路", "人民路", "江南大道", "学院路", "民生路", "新华街"]
ITEMS = [
    ("clothes", "衣服"),
    ("document", "合同文件"),
    ("food", "茶叶"),
    ("electronics", "耳机"),
    ("household", "餐具"),
    ("other", "玩具"),
]
