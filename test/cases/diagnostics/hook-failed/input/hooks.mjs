export const liftMute = ({ channel }) => {
  throw new Error(`${channel} is gone`)
}
