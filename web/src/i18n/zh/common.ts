export const time = {
  seconds: '{n} 秒',
  minutes: '{n} 分',
  hours: '{n} 时',
  days: '{n} 天',
  left: '剩 {span}',
  over: '超 {span}',
  today: '今天 {time}',
  yesterday: '昨天 {time}',
  tomorrow: '明天 {time}',
}
export const error = {
  unknown: '页面出错，填写的内容已保留。请再试一次',
  offline: '没有连上服务器，填写的内容已保留。请再试一次',
  trace: '编号 {trace}',
}
export const common = {
  retry: '重试',
  cancel: '取消',
  close: '关闭',
  save: '保存',
  loading: '正在读取',
  more: '更多',
  all: '全部',
  none: '无',
  loadMore: '再显示一些',
  required: '必须填写',
}
export const ticketState = {
  acknowledged: '待处理',
  inProgress: '处理中',
  pending: '待客户回复',
  held: '已挂起',
  resolved: '待确认',
  closed: '已办结',
  cancelled: '已撤销',
  rejected: '不予受理',
}
