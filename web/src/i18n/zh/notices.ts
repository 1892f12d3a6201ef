export const notices = {
  title: '通知',
  empty: '没有通知',
  emptyHint: '工单指派、时限提醒、客户催办会出现在这里',
  failed: '通知加载失败',
  unread: '未读',
  readAll: '全部标为已读',
  open: '打开',
}
