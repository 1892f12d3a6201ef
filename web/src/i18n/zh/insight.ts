export const insight = {
  title: '报表',
  find: '查找指标',
  failed: '指标口径没有读到',
  none: '没有这个指标',
  lead: '每个数字只有这一个口径：程序、页面和测试都从这里取。',
  options: '边界情况的取法',
  needs: '待有{what}后统计',
  source: '出处：{name}',
  unit: { count: '个数', seconds: '时长', percent: '百分比', score: '分' },
}
