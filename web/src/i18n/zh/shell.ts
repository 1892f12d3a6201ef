export const shell = {
  product: '首问',
  centre: '{operator}客户服务中心',
  nav: '主导航',
  skip: '跳到内容',
  search: '搜索号码、工单号、客户',
  help: '按键一览',
  theme: '切换主题',
  language: 'English',
  notices: '通知，{n} 条未读',
  self: '我的账号',
  signOut: '退出登录',
  lost: '实时连接已断开，正在重连（第 {n} 次）。填写的内容不受影响',
  notFound: '没有这个页面',
  notFoundHint: '请从左侧导航进入',
  forbidden: '您的台席没有这个页面的权限',
}
export const nav = { desk: '工作台', tickets: '工单', customers: '客户', live: '监控', figures: '报表', admin: '管理', notices: '通知' }
export const nav = {
  desk: '工作台',
  tickets: '工单',
  customers: '客户',
  live: '监控',
  floor: '现场',
  admin: '管理',
  notices: '通知',
}
export const presence = {
  label: '我的状态',
  ready: '空闲',
  not_ready: '未就绪',
  acw: '整理',
  break: '小休',
  training: '培训',
  meeting: '会议',
  offline: '离线',
  reasons: { no_answer: '未接待', lost: '屏幕失联', forced: '班长设置' },
  failed: '状态没有改成',
}
export const signIn = {
  title: '登录',
  lead: '一次受理，负责到底',
  number: '工号',
  password: '密码',
  submit: '登录',
  again: '登录已失效，填写的内容已保留。请重新登录后继续',
  setUp: '建立首个管理员',
  setUpLead: '这是首次启动。填写后即以管理员身份登录',
  organisation: '运营商名称',
  name: '姓名',
  create: '建立并登录',
  linkGone: '链接不完整。请使用首次启动时打印的完整地址',
}
export const keyList = {
  title: '按键一览',
  open: '按键一览',
  search: '搜索',
  close: '关闭最上层',
}
