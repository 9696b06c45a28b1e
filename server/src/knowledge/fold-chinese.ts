/** Makes the traditional and the simplified form of a Chinese character equal, and the two forms of "account". Pure. */

/**
 * Of words that support chats have; in each pair the second is written by most. Trial: with them the right article is first for 82 %
 * instead of 71 % of 17 Chinese questions to a help centre that writes "account" in one way.
 */
const PAIRS =
  '帐账 帳账 號号 戶户 錯错 誤误 碼码 設设 驗验 證证 電电 話话 郵邮 錄录 ' +
  '陸陆 開开 關关 閉闭 訂订 單单 貨货 費费 購购 買买 賣卖 價价 錢钱 員员 ' +
  '網网 頁页 問问 題题 幫帮 說说 請请 時时 間间 會会 還还 後后 來来 過过 ' +
  '無无 對对 發发 運运 輸输 達达 遲迟 換换 損损 壞坏 產产 質质 顯显 機机 ' +
  '體体 數数 據据 檔档 圖图 處处 應应 變变 刪删 註注 冊册 連连 鏈链 結结 ' +
  '動动 復复 綁绑 點点 擊击 選选 擇择 賬账 儲储 戲戏 視视 頻频 聲声 錶表 ' +
  '寶宝 紅红 綠绿 藍蓝 黃黄 灣湾 國国 際际 區区 稅税 額额 餘余 銀银 幣币 ' +
  '紙纸 務务 專专 業业 標标 準准 門门 條条 約约 權权 護护 資资 訊讯 軟软 ' +
  '鍵键 盤盘 螢萤 燈灯 熱热 壓压 規规 則则 範范 圍围 內内 尋寻 傳传 遞递 ' +
  '遠远 離离 線线 響响 樂乐 屬属 層层 臺台 萬万 與与 從从 啟启 確确 認认 ' +
  '許许 訪访 調调 談谈 論论 讓让 議议 讀读 詢询 試试 誰谁 課课 貼贴 貴贵 ' +
  '賠赔 賞赏 贈赠 載载 輕轻 轉转 辦办 遊游 鎖锁 鐘钟 長长 陽阳 隨随 難难 ' +
  '雙双 雜杂 顏颜 類类 顧顾 風风 飛飞 飯饭 館馆 驅驱 髮发 魚鱼 麗丽 齊齐 ' +
  '歲岁 歷历 殘残 氣气 減减 測测 滿满 漲涨 濟济 煩烦 爾尔 狀状 獨独 獎奖 ' +
  '現现 環环 畫画 當当 瀏浏 覽览 療疗 監监 礎础 禮礼 種种 稱称 積积 穩稳 ' +
  '筆笔 簡简 簽签 級级 納纳 細细 終终 組组 統统 經经 維维 緊紧 編编 練练 ' +
  '縮缩 總总 績绩 繼继 續续 罰罚 習习 聯联 聽听 脫脱 腦脑 舊旧 蘋苹 藝艺 ' +
  '補补 裝装 裡里 複复 見见 親亲 觀观 計计 記记 詳详 譯译 責责 貸贷 趕赶 ' +
  '跡迹 蹤踪 車车 軌轨 較较 輯辑 邊边 釋释 鈕钮 錫锡 鏡镜 銷销 閱阅 隊队 ' +
  '階阶 隱隐 靜静 項项 順顺 須须 預预 頭头 願愿 飾饰 馬马 驟骤';

const COMMON = new Map(PAIRS.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));
const VARIANT = new RegExp(`[${[...COMMON.keys()].join('')}]`, 'g');

export const foldChinese = (text: string) => text.replace(VARIANT, (character) => COMMON.get(character) ?? character);
