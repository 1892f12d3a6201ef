/** What a customer reads about his rights to his data. */
export const rights = {
  title: '我的个人信息',
  lead: '您可以要求查阅、更正、限制处理或删除。我们在 15 天内答复，进度在「办理进度」里查看',
  kind: {
    access: '查阅、复制我的个人信息',
    correct: '更正我的个人信息',
    restrict: '限制处理我的个人信息',
    erase: '删除我的个人信息',
  },
  detail: '补充说明（选填）',
  send: '提交请求',
  download: '下载副本',
  state: { asked: '已受理', decided: '办理中', done: '已完成', refused: '未予办理' },
}
export const appeal = {
  title: '申诉',
  placeholder: '请说明为什么不应限制您的联系',
  submit: '提交申诉',
  sent: '申诉已提交，有专人负责复核',
}
export const restriction = {
  title: '联系限制',
  block: '您的联系暂停受理，到 {time} 为止。如果弄错了，请申诉',
  slow: '您的咨询暂时排在其他客户之后，到 {time} 为止。如果弄错了，请申诉',
  lifted: '您的联系限制已解除，可以照常联系我们',
  answer: '申诉答复：{text}',
}
